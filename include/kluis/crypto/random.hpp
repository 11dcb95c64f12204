// Randomness from the operating system. A failure stops the program (attack 36): there is no return
// value to forget, and nothing to fall back on.
//
// Thread-safety: all functions.
#pragma once

#include <kluis/crypto/secret.hpp>

namespace kluis::crypto {

void random_fill(base::MutableBytes out) noexcept;

// Uniform in [0, bound). REQUIRES: bound > 0.
std::uint32_t random_below(std::uint32_t bound) noexcept;

// A fresh public value (id, salt, nonce).
template <class Fixed>
Fixed random_value() {
    Fixed result;
    random_fill(result.writable());
    return result;
}

// A fresh key.
template <class Secret>
Secret random_secret() {
    Secret result;
    random_fill(result.writable());
    return result;
}

}  // namespace kluis::crypto
