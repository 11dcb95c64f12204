// Ed25519 (RFC 8032) with libsodium's verdict on edge cases: non-canonical and small-order points
// and scalars are refused (attack 16; tests/vectors/ed25519 pins it for both clients).
//
// Thread-safety: all functions.
#pragma once

#include <kluis/crypto/secret.hpp>

namespace kluis::crypto {

struct Ed25519PublicTag {
    static constexpr const char* kName = "Ed25519 public key";
};
using Ed25519Public = base::FixedBytes<Ed25519PublicTag, 32>;

struct Ed25519SeedTag {
    static constexpr const char* kName = "Ed25519 seed";
};
using Ed25519Seed = SecretBytes<Ed25519SeedTag, 32>;

struct SignatureTag {
    static constexpr const char* kName = "signature";
};
using Signature = base::FixedBytes<SignatureTag, 64>;

// A key pair that signs; made from its seed.
class Ed25519Signer {
  public:
    explicit Ed25519Signer(const Ed25519Seed& seed);

    const Ed25519Public& public_key() const noexcept { return public_; }
    Signature sign(base::ByteView message) const;

  private:
    struct SecretTag {
        static constexpr const char* kName = "Ed25519 secret key";
    };
    SecretBytes<SecretTag, 64> secret_;
    Ed25519Public public_;
};

[[nodiscard]] bool verify(const Ed25519Public& key, base::ByteView message, const Signature& signature);

}  // namespace kluis::crypto
