// Values of each of the API's types.
#pragma once

#include <kluis/crypto/random.hpp>

#include <api/types.hpp>

namespace kluis::test {

struct Person {
    crypto::Ed25519Signer signer{crypto::random_secret<crypto::Ed25519Seed>()};
    statement::Card card{crypto::x25519_public(crypto::random_secret<crypto::X25519Secret>()),
                         signer.public_key()};
    statement::Fingerprint fingerprint = statement::fingerprint(card);
};

inline statement::Envelope some_envelope(const Person& person) {
    return statement::sign(statement::kStatementType, base::to_bytes("{}"), person.signer,
                           statement::to_text(person.fingerprint));
}

}  // namespace kluis::test
