// How long a store keeps what it does not keep for ever.
//
// Thread-safety: constants and pure functions.
#pragma once

#include <kluis/base/time.hpp>

namespace kluis::store {

inline constexpr std::chrono::seconds kStagedTerm = std::chrono::hours(24);
inline constexpr std::chrono::seconds kBundleTerm = std::chrono::hours(24 * 30);
inline constexpr std::chrono::seconds kErasureTerm = std::chrono::hours(24 * 30);
inline constexpr std::chrono::seconds kReadsTerm = std::chrono::hours(24 * 365);
inline constexpr std::chrono::seconds kDepositsWindow = std::chrono::hours(1);

// Whether what began at `from` still has time left of `term`.
inline bool within(base::Time from, std::chrono::seconds term, base::Time now) {
    return now < from + term;
}

}  // namespace kluis::store
