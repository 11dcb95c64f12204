// Trust anchors: a commission's root key, the card set that it signs, and organisations' cards.
//
// A card set is versioned and dated; an entry is never removed but given an end. `keys/README.md`
// describes the ceremony and the files.
//
// Thread-safety: plain values and pure functions.
#pragma once

#include <kluis/base/time.hpp>
#include <kluis/statement/card.hpp>
#include <kluis/statement/envelope.hpp>

#include <optional>

namespace kluis::statement {

// A card that is trusted from a moment, and perhaps until another, which no longer counts: who is
// removed is not trusted within that second.
struct DatedCard {
    Card card;
    base::Time from;
    std::optional<base::Time> until;  // not before `from`

    bool trusted_at(base::Time time) const { return from <= time && (!until || time < *until); }

    friend bool operator==(const DatedCard&, const DatedCard&) = default;
};

// The cards that a commission's bundles are sealed to.
struct CardSet {
    std::string jurisdiction;   // code, as in dossier.create
    std::uint64_t version = 0;  // from 1, never goes down
    base::Time issued;
    base::Time end;  // after which the set must be renewed before anything is sealed to it
    std::vector<DatedCard> cards;  // ascending by the text of the fingerprint; no card twice

    friend bool operator==(const CardSet&, const CardSet&) = default;
};

// base32(SHA-256("bewijskluis.org/v1/root" || key) cut to 20 bytes): the key id of a root key.
std::string root_key_id(const crypto::Ed25519Public& root);

// Payload type kCardSetType, JSON members `cards` [{`card`, `from`, `until`?}], `end` (after
// `issued`), `issued`, `jurisdiction`, `version`. Signing sorts the cards; parsing looks at form
// only and throws Error(malformed), whose signature it is being for verified_card_set to say.
Envelope sign_card_set(const CardSet& set, const crypto::Ed25519Signer& root);
CardSet parse_card_set(const Envelope& envelope);

// The cards of the set that are trusted at `time`.
std::vector<Card> cards_at(const CardSet& set, base::Time time);

// Whether `next` may follow `current`: same jurisdiction, a higher version, not issued earlier,
// every entry of `current` still there with the same `from`, and an `until` only ever added or
// moved to an earlier moment.
bool may_follow(const CardSet& current, const CardSet& next);

// A commission's root key, trusted for the sets of one jurisdiction.
struct Root {
    std::string jurisdiction;
    crypto::Ed25519Public key;
    base::Time from;
    std::optional<base::Time> until;  // as of a DatedCard

    bool trusted_at(base::Time time) const { return from <= time && (!until || time < *until); }
};

// An organisation whose card is public, by its role (no personal names).
struct Organisation {
    std::string name;
    DatedCard card;
};

struct Anchors {
    std::uint64_t version = 0;
    std::vector<Root> roots;
    std::vector<Organisation> organisations;
    bool test = false;  // not in the file: true if these came from `--anchors`
};

// keys/anchors.json: {"organisations": [{`card`, `from`, `name`, `until`?}], "roots": [{`from`,
// `jurisdiction`, `key`, `until`?}], "version": n}, UTF-8 JSON as people may write it. Throws
// Error(malformed).
Anchors parse_anchors(base::ByteView json);
base::Bytes encode(const Anchors& anchors);

// The set, if one of the roots for its jurisdiction, trusted when the set was issued, signed it.
// Throws Error(untrusted) otherwise.
CardSet verified_card_set(const Envelope& envelope, const Anchors& anchors);

}  // namespace kluis::statement
