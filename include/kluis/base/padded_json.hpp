// JSON hidden in its length: followed by spaces up to a power of two.
//
// Thread-safety: pure functions.
#pragma once

#include <kluis/base/json.hpp>

namespace kluis::base {

// How short and how long a padded text may be; both powers of two.
struct PaddedRange {
    std::size_t least;
    std::size_t most;
};

// The canonical JSON (RFC 8785 in UTF-8) and its spaces. Throws Error(limit) if it is longer than
// `range.most`; `what` names it.
Bytes pad_json(const Json& json, PaddedRange range, std::string_view what);

// The inverse. Throws Error(malformed) on another length than pad_json would have given, on
// anything but spaces after the object, or if it is not canonical JSON; Error(limit) as above.
Json unpad_json(ByteView padded, PaddedRange range, std::string_view what);

}  // namespace kluis::base
