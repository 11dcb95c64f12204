// People who sign, and their statements, for tests of what keeps them.
#pragma once

#include <kluis/crypto/random.hpp>
#include <kluis/statement/consent.hpp>

#include <store/store.hpp>

namespace kluis::test {

using namespace statement;
using base::Bytes;
using base::Time;

inline constexpr Time kNow{1'790'000'000};
inline constexpr std::chrono::hours kDay{24};

struct Person {
    crypto::Ed25519Signer signer{crypto::random_secret<crypto::Ed25519Seed>()};
    Card card{crypto::x25519_public(crypto::random_secret<crypto::X25519Secret>()),
              signer.public_key()};
    Fingerprint id = fingerprint(card);
};

inline store::SubmitRules rules_at(Time now) {
    store::SubmitRules rules;
    rules.now = now;
    return rules;
}

inline Statement statement_of(const Person& actor, Act act, Time time) {
    Statement statement;
    statement.actor = actor.id;
    statement.time = time;
    statement.salt = crypto::random_value<Salt>();
    statement.act = std::move(act);
    return statement;
}

inline Payload payload_of(const Bytes& bytes) {
    return {crypto::sha256(bytes), bytes.size()};
}

// Random bytes: what a store is given is ciphertext.
inline Bytes ciphertext(std::size_t size) {
    Bytes bytes(size);
    crypto::random_fill(bytes);
    return bytes;
}

inline store::DocumentHeader header_of(const DocumentId& id) {
    return {id, ciphertext(200)};
}

// A document on its way into a dossier.
struct Paper {
    DocumentId id = crypto::random_value<DocumentId>();
    std::map<Role, Bytes> payloads{{Role::content, ciphertext(4128)},
                                   {Role::metadata, ciphertext(2080)}};
    store::DocumentHeader header = header_of(id);
    Digest deposit{};  // payload hash, once signed

    DocumentDeposit act() const {
        DocumentDeposit deposit_act;
        deposit_act.document = id;
        for (const auto& [role, bytes] : payloads)
            deposit_act.payloads.emplace(role, payload_of(bytes));
        deposit_act.commitment = crypto::random_value<Commitment>();
        deposit_act.header = crypto::sha256(header.header);
        return deposit_act;
    }
};

}  // namespace kluis::test
