// The keyring: what a person knows that the server must not: whom and what they trust, under which
// names, private notes, exhibit numbers, and the heads that they have seen.
//
// As JSON, with every name, note, owner and head optional, as are `anchors`, `checked` and
// `credentials`:
//   {"anchors": version,
//    "card_sets": {ROOT: version},
//    "cards": {FINGERPRINT: {"card": card, "checked": true, "name": text}},
//    "credentials": {"sha256": hex, "time": time},
//    "dossiers": {DOSSIER: {"name": text,
//                           "notes": {DOCUMENT: {"exhibit": number, "paper": text,
//                                                "redaction": DOCUMENT, "translation": DOCUMENT}},
//                           "owner": card,
//                           "seen": {"head": hex, "length": number},
//                           "shown": {"head": hex, "length": number}}},
//    "format": 0,
//    "granted": {DOSSIER: {"head": hex, "length": number}}}
// `card_sets`, `cards`, `dossiers` and `format` are always there, an empty `notes`, `granted` or
// text and a `checked` of false never; numbers begin at 1, but for `format`; a card stands under
// its own fingerprint, a card set under the key id of the root key that signed it.
//
// Thread-safety: plain values and pure functions.
#pragma once

#include <kluis/account/secret.hpp>
#include <kluis/base/json.hpp>
#include <kluis/base/time.hpp>
#include <kluis/crypto/aead.hpp>

#include <map>
#include <optional>

namespace kluis::account {

using statement::Card;
using statement::Digest;
using statement::DocumentId;
using statement::DossierId;
using statement::Fingerprint;

// A card that this person keeps.
struct PinnedCard {
    Card card;
    std::string name;      // the person's own, empty if none
    bool checked = false;  // its fingerprint was compared with what its holder says

    friend bool operator==(const PinnedCard&, const PinnedCard&) = default;
};

// What an owner notes about one of their documents, for themselves.
struct DocumentNote {
    std::string paper;  // where the paper original is
    std::optional<DocumentId> translation_of;
    std::optional<DocumentId> redaction_of;
    std::optional<std::uint64_t> exhibit;  // given at the first sealing, kept for ever
    bool left_out = false;  // there was no room for what its depositor says of the three above

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
    std::optional<Card> owner;  // as last verified: who alone can say that it was erased
    // Of a dossier in which this person may deposit: of the transfers and the statements on their
    // own permission, the last one and the number.
    std::optional<SeenHead> shown;

    friend bool operator==(const PinnedDossier&, const PinnedDossier&) = default;
};

// The last credentials that were seen: older ones would bring back a passphrase that was given up.
struct SeenCredentials {
    Digest hash;  // of their payload
    base::Time time;

    friend bool operator==(const SeenCredentials&, const SeenCredentials&) = default;
};

struct Keyring {
    std::map<Fingerprint, PinnedCard> cards;
    std::map<DossierId, PinnedDossier> dossiers;
    // Of dossiers that this person reads from, pinned or not: of the transfers, grants and
    // revocations that were shown to them, the last one and the number.
    std::map<DossierId, SeenHead> granted;
    // By the root key's id (statement::root_key_id): the highest version seen.
    std::map<std::string, std::uint64_t> card_sets;
    std::uint64_t anchors = 0;  // the highest version of the built-in anchors that was seen
    std::optional<SeenCredentials> credentials;

    friend bool operator==(const Keyring&, const Keyring&) = default;
};

// Of the JSON before padding, and of a sealed keyring.
inline constexpr std::size_t kKeyringLimit = 16 * 1024 * 1024;
inline constexpr std::size_t kSealedKeyringLimit =
    crypto::kXChaChaNonceSize + kKeyringLimit + crypto::kAeadTagSize;

// What a note takes of that limit, with its document's id.
std::size_t size_of(const DocumentNote& note);

// The members above, and their inverse. Throws Error(malformed).
base::Json to_json(const Keyring& keyring);
Keyring parse_keyring(const base::Json& json);

// Joins two changes of one `common` ancestor: what either added, changed or removed; of two changes
// to the same value, `theirs` (already on the server) stays, but for heads and what was shown,
// where the longer one wins, credentials, where the later do, and anchors and card sets, where the
// higher version does. An entry that either removed goes, unless `theirs` has it changed. An
// exhibit number that the two gave to different documents stays with `theirs`; the other document
// gets the next one after all numbers. Throws Error(forged) on two heads of one length.
Keyring merge(const Keyring& common, const Keyring& ours, const Keyring& theirs);

// The keyring padded with spaces to a power of two of at least 4 KiB, as nonce ||
// XChaCha20-Poly1305 under HKDF(secret, info "bewijskluis.org/v1/keyring"); associated data
// "bewijskluis.org/v1/keyring" || fingerprint || revision (8 bytes, big-endian). Throws
// Error(limit) above kKeyringLimit. REQUIRES: revision >= 1.
base::Bytes seal_keyring(const Keyring& keyring, const AccountSecret& secret,
                         std::uint64_t revision);

// Throws Error(forged) if it does not open at this revision (attack 2), Error(limit) above
// kSealedKeyringLimit, and what parse_keyring throws on another content.
Keyring open_keyring(base::ByteView sealed, const AccountSecret& secret, std::uint64_t revision);

}  // namespace kluis::account
