#include "derive.hpp"

#include <kluis/account/unlock.hpp>
#include <kluis/crypto/password.hpp>
#include <kluis/crypto/random.hpp>

namespace kluis::account {
namespace {

using base::Error;
using base::ErrorKind;

constexpr std::size_t kPassphraseWords = 7;
constexpr std::size_t kPassphraseBytes = (kPassphraseWords * 11 + 7) / 8;
// Longer than any seven words with white space around them.
constexpr std::size_t kMostPassphrase = 1024;
constexpr std::size_t kSaltSize = 16;

base::Bytes secret_binding(const statement::Fingerprint& fingerprint) {
    return base::concat({base::as_bytes(kSecretLabel), fingerprint});
}

}  // namespace

Passphrase Passphrase::generate() {
    crypto::SecretBuffer bits(kPassphraseBytes);
    crypto::random_fill(bits.writable());
    return Passphrase(words_text(bits.view(), kPassphraseWords));
}

Passphrase Passphrase::parse(const crypto::SecretBuffer& text) {
    if (text.size() > kMostPassphrase) {
        throw Error(ErrorKind::malformed, "the passphrase is too long a text");
    }
    std::string_view words = text.text();
    while (!words.empty() && is_space(words.front()))
        words.remove_prefix(1);
    while (!words.empty() && is_space(words.back()))
        words.remove_suffix(1);
    bits_of_words(words, kPassphraseWords, "the passphrase");
    return Passphrase(crypto::SecretBuffer::copy_of(base::as_bytes(words)));
}

Unlocking unlock(const Passphrase& passphrase, const statement::Handle& handle) {
    const crypto::Digest salt =
        crypto::sha256({base::as_bytes(kSaltLabel), base::as_bytes(handle.text)});
    const crypto::Argon2idOutput output =
        crypto::argon2id(passphrase.text().view(), salt.view().first(kSaltSize));
    return {crypto::Ed25519Signer(
                crypto::Ed25519Seed::copy_of(output.view().first(crypto::Ed25519Seed::kSize))),
            crypto::AeadKey::copy_of(output.view().last(crypto::AeadKey::kSize))};
}

base::Bytes seal_secret(const AccountSecret& secret, const crypto::AeadKey& wrapping) {
    return crypto::xchacha_seal(wrapping, secret_binding(fingerprint(card(secret))), secret.view());
}

AccountSecret open_secret(base::ByteView sealed, const crypto::AeadKey& wrapping,
                          const statement::Fingerprint& fingerprint) {
    crypto::SecretBuffer opened;
    if (!crypto::xchacha_open(wrapping, secret_binding(fingerprint), sealed, opened)) {
        throw Error(ErrorKind::wrong_key,
                    "the passphrase does not open this account, or its sealed secret was altered");
    }
    if (opened.size() == AccountSecret::kSize) {
        AccountSecret secret = AccountSecret::copy_of(opened.view());
        if (statement::fingerprint(card(secret)) == fingerprint) return secret;
    }
    throw Error(ErrorKind::forged, "the sealed secret is not that of this account's card");
}

}  // namespace kluis::account
