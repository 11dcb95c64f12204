// Padmé (Nikitin et al., PURBs, PETS 2019): the length of a file, hidden at a cost of at most 12 %.
//
// Thread-safety: pure functions.
#pragma once

#include <cstdint>

namespace kluis::document {

inline constexpr std::uint64_t kLeastPadded = 4096;

// Padmé(max(size, 4096)). REQUIRES: size <= 2^62.
std::uint64_t padded_size(std::uint64_t size);

}  // namespace kluis::document
