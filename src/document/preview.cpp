#include "payload.hpp"

#include <kluis/document/padding.hpp>

namespace kluis::document {

SealedSmall seal_preview(const age::FileKey& key, base::ByteView picture) {
    if (picture.size() > kPreviewLimit) {
        throw base::Error(base::ErrorKind::limit, "the preview is larger than 8 MiB");
    }
    base::Bytes padded = base::to_bytes(picture);
    padded.resize(padded_size(picture.size()));
    return seal_small(key, padded);
}

base::Bytes open_preview(const age::FileKey& key, const Promise& promise, base::ByteView stored) {
    check_payload(promised(promise, Role::preview), stored, "a document's preview");
    base::MemoryReader reader(stored);
    return open_small(key, reader, kPreviewLimit, "a document's preview");
}

}  // namespace kluis::document
