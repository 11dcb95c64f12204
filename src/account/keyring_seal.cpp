#include "derive.hpp"

#include <kluis/account/keyring.hpp>
#include <kluis/base/padded_json.hpp>

namespace kluis::account {
namespace {

using base::Error;
using base::ErrorKind;

constexpr base::PaddedRange kPadded = {4096, kKeyringLimit};

crypto::AeadKey keyring_key(const AccountSecret& secret) {
    return crypto::hkdf_sha256<crypto::AeadKey>(secret.view(), {}, kKeyringLabel);
}

base::Bytes keyring_binding(const AccountSecret& secret, std::uint64_t revision) {
    return base::concat({base::as_bytes(kKeyringLabel), statement::fingerprint(card(secret)),
                         base::big_endian(revision)});
}

}  // namespace

base::Bytes seal_keyring(const Keyring& keyring, const AccountSecret& secret,
                         std::uint64_t revision) {
    if (revision == 0) throw Error(ErrorKind::internal, "a keyring's revisions begin at 1");
    const base::Bytes padded = base::pad_json(to_json(keyring), kPadded, "the keyring");
    return crypto::xchacha_seal(keyring_key(secret), keyring_binding(secret, revision), padded);
}

Keyring open_keyring(base::ByteView sealed, const AccountSecret& secret, std::uint64_t revision) {
    if (sealed.size() > kSealedKeyringLimit) {
        throw Error(ErrorKind::limit, "the keyring holds more than 16 MiB");
    }
    crypto::SecretBuffer padded;
    if (!crypto::xchacha_open(keyring_key(secret), keyring_binding(secret, revision), sealed,
                              padded)) {
        throw Error(ErrorKind::forged,
                    "the keyring does not open: it was altered, or is not the one "
                    "that the server says it is");
    }
    return parse_keyring(base::unpad_json(padded.view(), kPadded, "the keyring"));
}

}  // namespace kluis::account
