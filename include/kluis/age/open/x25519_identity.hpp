// The X25519 identity, `AGE-SECRET-KEY-1…`.
//
// Thread-safety: immutable after construction; any number of threads may unwrap at once.
#pragma once

#include <kluis/age/open/identity.hpp>

namespace kluis::age {

class X25519Identity final : public Identity {
  public:
    // Keeps a copy of its own.
    explicit X25519Identity(const crypto::X25519Secret& secret);

    // From `AGE-SECRET-KEY-1…` in upper case, without line end. Throws Error(malformed).
    static X25519Identity parse(std::string_view text);
    // `AGE-SECRET-KEY-1…`, without line end.
    crypto::SecretBuffer text() const;

    const crypto::X25519Secret& secret() const noexcept { return secret_; }
    X25519Recipient recipient() const { return X25519Recipient(public_); }

    std::optional<FileKey> unwrap(std::span<const Stanza> stanzas) const override;

  private:
    std::optional<FileKey> unwrap(const Stanza& stanza) const;

    crypto::X25519Secret secret_;
    crypto::X25519Public public_;
};

}  // namespace kluis::age
