// Unlocking: from passphrase and handle to the login key and the wrapping key, and the account
// secret sealed under the latter.
//
// Nothing here is read from a server but the sealed secret itself: salt and cost are fixed by the
// format (attack 3).
//
// Thread-safety: plain values and pure functions. `unlock` takes 64 MiB and about a tenth of a
// second.
#pragma once

#include <kluis/account/secret.hpp>
#include <kluis/crypto/aead.hpp>
#include <kluis/statement/login.hpp>

namespace kluis::account {

// Seven words of the BIP 39 list (77 bits), lower case, single spaces.
class Passphrase {
  public:
    static Passphrase generate();
    // Throws Error(malformed), never quoting the text. Surrounding white space (a line end in a
    // file) is allowed, and only there.
    static Passphrase parse(const crypto::SecretBuffer& text);

    const crypto::SecretBuffer& text() const noexcept { return text_; }

  private:
    explicit Passphrase(crypto::SecretBuffer text) : text_(std::move(text)) {}
    crypto::SecretBuffer text_;
};

struct Unlocking {
    crypto::Ed25519Signer login;
    crypto::AeadKey wrapping;
};

// Argon2id with the first 16 bytes of SHA-256("bewijskluis.org/v1/salt" || handle) as salt.
Unlocking unlock(const Passphrase& passphrase, const statement::Handle& handle);

// nonce || XChaCha20-Poly1305 under the wrapping key; associated data
// "bewijskluis.org/v1/secret" || fingerprint.
base::Bytes seal_secret(const AccountSecret& secret, const crypto::AeadKey& wrapping);

// Throws Error(wrong_key) if it does not open for this wrapping key and fingerprint, and
// Error(forged) if what opens is not the secret of that fingerprint's card.
AccountSecret open_secret(base::ByteView sealed, const crypto::AeadKey& wrapping,
                          const statement::Fingerprint& fingerprint);

}  // namespace kluis::account
