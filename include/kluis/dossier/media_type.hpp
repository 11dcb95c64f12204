// The media type of a file, from its first bytes and its name. For display and for choosing how a
// reader may open it; nothing is trusted because of it.
//
// Thread-safety: pure function.
#pragma once

#include <kluis/base/bytes.hpp>

namespace kluis::dossier {

// How many first bytes are enough.
inline constexpr std::size_t kMediaTypeBytes = 512;

inline constexpr std::string_view kUnknownMediaType = "application/octet-stream";

// `name`: the original name; `first`: the first kMediaTypeBytes of the content, or all of a shorter
// one. The bytes decide where the format has a mark; the ending of the name where it has none
// (text, csv, eml) and among the formats that are zip files inside. A name that the bytes
// contradict counts for nothing. kUnknownMediaType where neither tells.
std::string_view media_type(std::string_view name, base::ByteView first);

}  // namespace kluis::dossier
