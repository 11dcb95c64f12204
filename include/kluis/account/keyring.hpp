// The keyring: what a person knows that the server must not: whom and what they trust, under which
// names, private notes, exhibit numbers, and the heads that they have seen.
//
// Thread-safety: plain values and pure functions.
#pragma once

#include <map>
#include <optional>

#include <kluis/account/secret.hpp>
#include <kluis/base/json.hpp>

namespace kluis::account {

using statement::Card;
using statement::Digest;
using statement::DocumentId;
using statement::DossierId;
using statement::Fingerprint;

// A card that this person has compared by its fingerprint.
struct PinnedCard {
    Card card;
    std::string name;  // the person's own, empty if none

    friend bool operator==(const PinnedCard&, const PinnedCard&) = default;
};

// What an owner notes about one of their documents, for themselves.
struct DocumentNote {
    std::string paper;                       // where the paper original is
    std::optional<DocumentId> translation_of;
    std::optional<DocumentId> redaction_of;
    std::optional<std::uint64_t> exhibit;    // given at the first sealing, kept for ever

    friend bool operator==(const DocumentNote&, const DocumentNote&) = default;
};

// The chain as last seen: a chain that does not hold this head at this length is a rollback.
struct SeenHead {
    Digest head;
    std::uint64_t length = 0;

    friend bool operator==(const SeenHead&, const SeenHead&) = default;
};

// A dossier whose id this person has checked: their own, or one they deposit in or read from.
struct PinnedDossier {
    std::string name;  // the person's own, empty if none
    std::optional<SeenHead> seen;
    std::map<DocumentId, DocumentNote> notes;

    friend bool operator==(const PinnedDossier&, const PinnedDossier&) = default;
};

struct Keyring {
    std::map<Fingerprint, PinnedCard> cards;
    std::map<DossierId, PinnedDossier> dossiers;
    std::map<std::string, std::uint64_t> card_sets;  // by jurisdiction: the highest version seen
    std::optional<Digest> credentials;  // payload hash of the last credentials that were seen

    friend bool operator==(const Keyring&, const Keyring&) = default;
};

// RFC 8785 JSON in UTF-8, and its inverse. Throws Error(malformed).
base::Json to_json(const Keyring& keyring);
Keyring parse_keyring(const base::Json& json);

// Joins two changes of one `common` ancestor: what either added or changed; of two changes to the
// same value, `theirs` (already on the server) stays, but for heads, where the longer one wins,
// and card sets, where the higher version does.
Keyring merge(const Keyring& common, const Keyring& ours, const Keyring& theirs);

// The keyring padded with spaces to a power of two of at least 4 KiB, as nonce ||
// XChaCha20-Poly1305 under HKDF(secret, info "bewijskluis.org/v1/keyring"); associated data
// "bewijskluis.org/v1/keyring" || fingerprint || revision. REQUIRES: revision >= 1.
base::Bytes seal_keyring(const Keyring& keyring, const AccountSecret& secret, std::uint64_t revision);

// Throws Error(forged) if it does not open at this revision (attack 2), Error(malformed) on another
// content.
Keyring open_keyring(base::ByteView sealed, const AccountSecret& secret, std::uint64_t revision);

}  // namespace kluis::account
