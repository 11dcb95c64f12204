// bewijskluis-bundle.json: the one member of a bundle that is not encrypted.
//
// Thread-safety: plain values and pure functions.
#pragma once

#include <kluis/statement/ids.hpp>

namespace kluis::bundle {

// The version of the bundle's format that this program writes and reads; others are refused.
inline constexpr std::uint64_t kBundleFormat = 0;

struct BundleInfo {
    statement::BundleId bundle;
    std::uint64_t documents = 0;  // at least 1

    friend bool operator==(const BundleInfo&, const BundleInfo&) = default;
};

// One line of RFC 8785 JSON {"bundle", "documents", "format"} with its line end.
std::string encode(const BundleInfo& info);

// Throws Error(malformed), with code "other-format" if it is a bundle of another format.
BundleInfo parse_bundle_info(base::ByteView bytes);

}  // namespace kluis::bundle
