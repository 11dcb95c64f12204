#include "commitment.hpp"

namespace kluis::document {

SealedSmall seal_metadata(const age::FileKey& key, const dossier::Metadata& metadata) {
    return seal_small(key, dossier::encode_padded(metadata));
}

dossier::Metadata open_metadata(const age::FileKey& key, const Promise& promise,
                                base::ByteView stored) {
    check_payload(promise.metadata, stored, "a document's description");
    base::MemoryReader reader(stored);
    const base::Bytes padded =
        open_small(key, reader, dossier::kMostMetadata, "a document's description");
    dossier::Metadata metadata = dossier::parse_metadata(padded);
    check_commitment(key, promise, metadata);
    return metadata;
}

}  // namespace kluis::document
