// X25519 (RFC 7748), as age uses it.
//
// Thread-safety: all functions.
#pragma once

#include <optional>

#include <kluis/crypto/secret.hpp>

namespace kluis::crypto {

struct X25519PublicTag {
    static constexpr const char* kName = "X25519 public key";
};
using X25519Public = base::FixedBytes<X25519PublicTag, 32>;

struct X25519SecretTag {
    static constexpr const char* kName = "X25519 secret key";
};
using X25519Secret = SecretBytes<X25519SecretTag, 32>;

struct X25519SharedTag {
    static constexpr const char* kName = "X25519 shared secret";
};
using X25519Shared = SecretBytes<X25519SharedTag, 32>;

X25519Public x25519_public(const X25519Secret& secret);

// The shared secret, or nothing if it would be all zeros (a point of low order).
std::optional<X25519Shared> x25519(const X25519Secret& secret, const X25519Public& point);

// Whether every shared secret with this point is all zeros: such a card or recipient is refused.
bool is_low_order(const X25519Public& point);

}  // namespace kluis::crypto
