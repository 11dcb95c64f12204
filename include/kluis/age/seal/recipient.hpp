// Recipients: to whom a file key is wrapped (C2SP age.md, "Native recipient types").
//
// Thread-safety: immutable after construction; any number of threads may wrap at once.
#pragma once

#include <kluis/age/seal/file_key.hpp>
#include <kluis/crypto/aead.hpp>
#include <kluis/crypto/x25519.hpp>

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kluis::age {

// A wrapped file key as it stands in a header: arguments, of which the first names the type, and a
// body.
struct Stanza {
    std::vector<std::string> arguments;
    base::Bytes body;

    const std::string& type() const { return arguments.front(); }
    friend bool operator==(const Stanza&, const Stanza&) = default;
};

class Recipient {
  public:
    virtual ~Recipient() = default;

    // The file key wrapped anew; no two calls give the same stanza.
    virtual Stanza wrap(const FileKey& file_key) const = 0;

    // Whether its stanza must be the only one of a header.
    virtual bool must_be_alone() const { return false; }
};

inline constexpr std::string_view kX25519StanzaType = "X25519";
inline constexpr std::string_view kScryptStanzaType = "scrypt";
// Nothing of a wrapped file key is longer or shorter than this.
inline constexpr std::size_t kWrappedFileKeySize = FileKey::kSize + 16;

class X25519Recipient final : public Recipient {
  public:
    // Throws Error(malformed) if `key` is a point of low order, which would wrap for everyone.
    explicit X25519Recipient(const crypto::X25519Public& key);

    // From `age1…` in lower case. Throws Error(malformed).
    static X25519Recipient parse(std::string_view text);
    // `age1…`
    std::string text() const;

    const crypto::X25519Public& key() const noexcept { return key_; }
    Stanza wrap(const FileKey& file_key) const override;

  private:
    crypto::X25519Public key_;
};

// The key that wraps a file key for an X25519 recipient; both halves derive it.
crypto::AeadKey x25519_wrap_key(const crypto::X25519Shared& shared,
                                const crypto::X25519Public& share,
                                const crypto::X25519Public& recipient);

inline constexpr unsigned kDefaultWorkFactor = 18;
inline constexpr unsigned kMaxWorkFactor = 22;
inline constexpr std::size_t kScryptSaltSize = 16;

class ScryptRecipient final : public Recipient {
  public:
    // The base-two logarithm of scrypt's cost; 18 takes about a second and 256 MiB.
    // REQUIRES: 1 <= work_factor <= kMaxWorkFactor. Throws Error(usage) on an empty passphrase.
    explicit ScryptRecipient(crypto::SecretBuffer passphrase,
                             unsigned work_factor = kDefaultWorkFactor);

    Stanza wrap(const FileKey& file_key) const override;
    bool must_be_alone() const override { return true; }

  private:
    crypto::SecretBuffer passphrase_;
    unsigned work_factor_;
};

// The key that wraps a file key for a passphrase; both halves derive it.
crypto::AeadKey scrypt_wrap_key(const crypto::SecretBuffer& passphrase, base::ByteView salt,
                                unsigned work_factor);

}  // namespace kluis::age
