// Authenticated encryption. ChaCha20-Poly1305 (RFC 8439) runs on OpenSSL and is meant for age's
// STREAM and stanzas; XChaCha20-Poly1305 (libsodium) for the sealed secret and the keyring.
//
// Thread-safety: one thread at a time for each object; functions may be called from any thread.
#pragma once

#include <memory>

#include <kluis/crypto/secret.hpp>

namespace kluis::crypto {

inline constexpr std::size_t kAeadTagSize = 16;

struct AeadKeyTag {
    static constexpr const char* kName = "encryption key";
};
using AeadKey = SecretBytes<AeadKeyTag, 32>;

struct ChaChaNonceTag {
    static constexpr const char* kName = "nonce";
};
using ChaChaNonce = base::FixedBytes<ChaChaNonceTag, 12>;

// ChaCha20-Poly1305 without associated data, under one key, for many messages: the context is kept.
// Who calls this answers for a nonce being used once with a key.
class ChaCha20Poly1305 {
  public:
    explicit ChaCha20Poly1305(const AeadKey& key);
    ~ChaCha20Poly1305();
    ChaCha20Poly1305(ChaCha20Poly1305&&) noexcept;

    // Writes ciphertext and tag to `out`. `plain` may be the beginning of `out` (in place).
    // REQUIRES: out.size() == plain.size() + kAeadTagSize.
    void seal(const ChaChaNonce& nonce, base::ByteView plain, base::MutableBytes out);

    // Writes the plaintext to `out` and returns true, or returns false and leaves nothing of it
    // there. `sealed` may begin where `out` begins (in place).
    // REQUIRES: sealed.size() == out.size() + kAeadTagSize.
    [[nodiscard]] bool open(const ChaChaNonce& nonce, base::ByteView sealed, base::MutableBytes out);

  private:
    struct Context;
    std::unique_ptr<Context> context_;
};

inline constexpr std::size_t kXChaChaNonceSize = 24;

// nonce (24 random bytes) || XChaCha20-Poly1305 ciphertext and tag.
base::Bytes xchacha_seal(const AeadKey& key, base::ByteView associated, base::ByteView plain);

// The plaintext, or an empty buffer and false if it does not authenticate (too short included).
[[nodiscard]] bool xchacha_open(const AeadKey& key, base::ByteView associated, base::ByteView sealed,
                                SecretBuffer& plain);

}  // namespace kluis::crypto
