#include <kluis/base/padded_json.hpp>

#include <algorithm>
#include <bit>

namespace kluis::base {
namespace {

void require_fit(std::size_t size, PaddedRange range, std::string_view what) {
    if (size > range.most) throw Error(ErrorKind::limit, std::string(what) + " is too long");
}

}  // namespace

Bytes pad_json(const Json& json, PaddedRange range, std::string_view what) {
    Bytes padded = to_bytes(canonical_json(json, JsonText::utf8));
    require_fit(padded.size(), range, what);
    padded.resize(std::max(range.least, std::bit_ceil(padded.size())), ' ');
    return padded;
}

Json unpad_json(ByteView padded, PaddedRange range, std::string_view what) {
    require_fit(padded.size(), range, what);
    const std::size_t end = as_text(padded).find_last_not_of(' ') + 1;
    if (padded.size() != std::max(range.least, std::bit_ceil(end))) {
        throw Error(ErrorKind::malformed, std::string(what) + " is not padded to its one length");
    }
    return parse_canonical_json(padded.first(end), JsonText::utf8, what);
}

}  // namespace kluis::base
