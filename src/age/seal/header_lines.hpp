// How a header's lines begin (C2SP age.md, "ABNF definition of file header").
#pragma once

#include <cstddef>
#include <string_view>

namespace kluis::age {

inline constexpr std::string_view kVersionLine = "age-encryption.org/v1";
inline constexpr std::string_view kStanzaPrefix = "-> ";
inline constexpr std::string_view kMacMark = "---";
inline constexpr std::string_view kMacPrefix = "--- ";
inline constexpr std::size_t kBodyColumns = 64;
inline constexpr const char* kTooLarge = "the header is larger than 1 MiB";
// 32 bytes in base64 without padding.
inline constexpr std::size_t kMacTextSize = 43;

}  // namespace kluis::age
