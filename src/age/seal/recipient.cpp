#include <kluis/age/seal/recipient.hpp>
#include <kluis/base/encoding.hpp>
#include <kluis/base/text.hpp>
#include <kluis/crypto/hash.hpp>
#include <kluis/crypto/password.hpp>

namespace kluis::age {
namespace {

using base::Error;
using base::ErrorKind;

constexpr std::string_view kRecipientPrefix = "age";
constexpr std::string_view kX25519Label = "age-encryption.org/v1/X25519";
constexpr std::string_view kScryptLabel = "age-encryption.org/v1/scrypt";

// The nonce is all zeros, as the specification fixes it: a wrap key wraps one file key, once.
base::Bytes wrapped(const FileKey& file_key, const crypto::AeadKey& wrap_key) {
    base::Bytes body(kWrappedFileKeySize);
    crypto::ChaCha20Poly1305(wrap_key).seal(crypto::ChaChaNonce(), file_key.view(), body);
    return body;
}

}  // namespace

X25519Recipient::X25519Recipient(const crypto::X25519Public& key) : key_(key) {
    if (crypto::is_low_order(key)) {
        throw Error(ErrorKind::malformed, "the recipient's key is of low order");
    }
}

X25519Recipient X25519Recipient::parse(std::string_view text) {
    if (text != base::lower_ascii(text)) {
        throw Error(ErrorKind::malformed, "the recipient is not in lower case");
    }
    // A plugin's or another native type's: age1tag1…, age1pq1…
    if (text.starts_with("age1") && text.rfind('1') > kRecipientPrefix.size()) {
        throw Error(ErrorKind::malformed,
                    "the recipient is of a type that this program does not know");
    }
    return X25519Recipient(
        crypto::X25519Public::from(base::bech32_decode(kRecipientPrefix, text, "the recipient")));
}

std::string X25519Recipient::text() const {
    return base::bech32_encode(kRecipientPrefix, key_);
}

Stanza X25519Recipient::wrap(const FileKey& file_key) const {
    const auto ephemeral = crypto::random_secret<crypto::X25519Secret>();
    const crypto::X25519Public share = crypto::x25519_public(ephemeral);
    const auto shared = crypto::x25519(ephemeral, key_);
    if (!shared) throw Error(ErrorKind::internal, "a recipient of low order was let through");
    return {{std::string(kX25519StanzaType), base::base64_raw_encode(share)},
            wrapped(file_key, x25519_wrap_key(*shared, share, key_))};
}

crypto::AeadKey x25519_wrap_key(const crypto::X25519Shared& shared,
                                const crypto::X25519Public& share,
                                const crypto::X25519Public& recipient) {
    const base::Bytes salt = base::concat({share, recipient});
    return crypto::hkdf_sha256<crypto::AeadKey>(shared.view(), salt, kX25519Label);
}

ScryptRecipient::ScryptRecipient(crypto::SecretBuffer passphrase, unsigned work_factor)
    : passphrase_(std::move(passphrase)), work_factor_(work_factor) {
    if (passphrase_.size() == 0) throw Error(ErrorKind::usage, "the passphrase is empty");
}

Stanza ScryptRecipient::wrap(const FileKey& file_key) const {
    base::Bytes salt(kScryptSaltSize);
    crypto::random_fill(salt);
    return {{std::string(kScryptStanzaType), base::base64_raw_encode(salt),
             std::to_string(work_factor_)},
            wrapped(file_key, scrypt_wrap_key(passphrase_, salt, work_factor_))};
}

crypto::AeadKey scrypt_wrap_key(const crypto::SecretBuffer& passphrase, base::ByteView salt,
                                unsigned work_factor) {
    const base::Bytes labelled = base::concat({base::as_bytes(kScryptLabel), salt});
    const crypto::ScryptKey key = crypto::scrypt(passphrase.view(), labelled, work_factor);
    return crypto::AeadKey::copy_of(key.view());
}

}  // namespace kluis::age
