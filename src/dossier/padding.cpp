#include "padding.hpp"

#include <kluis/dossier/metadata.hpp>

#include <bit>

namespace kluis::dossier {

using base::Error;
using base::ErrorKind;

base::Bytes pad_json(const base::Json& json, std::string_view what) {
    base::Bytes padded = base::to_bytes(canonical_json(json, base::JsonText::utf8));
    if (padded.size() > kMostMetadata) {
        throw Error(ErrorKind::limit, std::string(what) + " is too long");
    }
    padded.resize(std::max(kLeastMetadata, std::bit_ceil(padded.size())), ' ');
    return padded;
}

base::Json unpad_json(base::ByteView padded, std::string_view what) {
    if (padded.size() > kMostMetadata) {
        throw Error(ErrorKind::limit, std::string(what) + " is too long");
    }
    const std::size_t end = base::as_text(padded).find_last_not_of(' ') + 1;
    if (padded.size() != std::max(kLeastMetadata, std::bit_ceil(end))) {
        throw Error(ErrorKind::malformed, std::string(what) + " is not padded to its one length");
    }
    return parse_canonical_json(padded.first(end), base::JsonText::utf8, what);
}

}  // namespace kluis::dossier
