#include "derive.hpp"

namespace kluis::account {

crypto::X25519Secret x25519_secret(const AccountSecret& secret) {
    return crypto::hkdf_sha256<crypto::X25519Secret>(secret.view(), {}, kX25519Label);
}

crypto::Ed25519Signer signer(const AccountSecret& secret) {
    return crypto::Ed25519Signer(
        crypto::hkdf_sha256<crypto::Ed25519Seed>(secret.view(), {}, kEd25519Label));
}

statement::Card card(const AccountSecret& secret) {
    return {crypto::x25519_public(x25519_secret(secret)), signer(secret).public_key()};
}

}  // namespace kluis::account
