// What a range makes of a download.
#pragma once

#include <kluis/base/encoding.hpp>

#include <api/service.hpp>
#include <server/refusal.hpp>

#include <algorithm>

namespace kluis::server {

// A strong ETag.
inline std::string etag(const crypto::Digest& digest) {
    return '"' + base::base32_encode(digest.view().first(20)) + '"';
}

// All of a resource, without its bytes.
inline api::Download whole(std::uint64_t size, std::string tag) {
    return {size, 0, size, std::move(tag), nullptr};
}

// Throws Error(usage, "range") if the range begins behind the end.
inline api::Download cut(api::Download download, const std::optional<api::ByteRange>& range) {
    if (!range) return download;
    if (range->first >= download.size || range->count == 0) throw refusal("range");
    download.offset = range->first;
    download.length = std::min(range->count, download.size - range->first);
    return download;
}

}  // namespace kluis::server
