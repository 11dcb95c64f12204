// What comes before every use of libsodium that needs its state: random numbers, secret memory, and
// the choice of the fastest implementation.
#pragma once

namespace kluis::crypto {

// Starts libsodium once. Where it cannot start, the program stops (attack 36).
void start_sodium() noexcept;

}  // namespace kluis::crypto
