#include "derive.hpp"

#include <kluis/account/keyring.hpp>

#include <bit>

namespace kluis::account {
namespace {

using base::Error;
using base::ErrorKind;

constexpr std::size_t kLeastPadded = 4096;

crypto::AeadKey keyring_key(const AccountSecret& secret) {
    return crypto::hkdf_sha256<crypto::AeadKey>(secret.view(), {}, kKeyringLabel);
}

base::Bytes keyring_binding(const AccountSecret& secret, std::uint64_t revision) {
    return base::concat({base::as_bytes(kKeyringLabel), statement::fingerprint(card(secret)),
                         base::big_endian(revision)});
}

std::size_t padded_length(std::size_t size) {
    return std::max(kLeastPadded, std::bit_ceil(size));
}

}  // namespace

base::Bytes seal_keyring(const Keyring& keyring, const AccountSecret& secret,
                         std::uint64_t revision) {
    if (revision == 0) throw Error(ErrorKind::internal, "a keyring's revisions begin at 1");
    base::Bytes padded = base::to_bytes(canonical_json(to_json(keyring), base::JsonText::utf8));
    if (padded.size() > kKeyringLimit) {
        throw Error(ErrorKind::limit, "the keyring holds more than 16 MiB");
    }
    padded.resize(padded_length(padded.size()), ' ');
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
    const std::size_t end = padded.text().find_last_not_of(' ') + 1;
    if (padded.size() != padded_length(end)) {
        throw Error(ErrorKind::malformed, "the keyring is not padded to its one length");
    }
    return parse_keyring(
        parse_canonical_json(padded.view().first(end), base::JsonText::utf8, "the keyring"));
}

}  // namespace kluis::account
