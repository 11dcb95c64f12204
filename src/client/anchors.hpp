// Trust anchors as this program has them: those it was built with, and those of a folder given with
// `--anchors`, which mark everything that rests on them as a test.
//
// A folder holds anchors.json (commissions' root keys, organisations' cards) and may hold
// cards.json (a card set, signed by such a root key). keys/README.md describes both.
//
// Thread-safety: plain values and pure functions.
#pragma once

#include <kluis/account/keyring.hpp>
#include <kluis/bundle/reader.hpp>

#include <filesystem>
#include <optional>

namespace kluis::client {

struct Trust : bundle::TrustedSets {
    std::uint64_t built_in = 0;            // the version of the anchors built in
    std::set<std::string> built_in_roots;  // key ids of their root keys; all others are a test's
    // The newest version among `sets` by the key id of the root key that signed it.
    std::map<std::string, std::uint64_t> set_versions;
};

// A card set with the key id of the root key that signed it.
struct SignedSet : statement::CardSet {
    std::string root;
};

// Trust in the anchors and the card set (none if empty) that a program is built with. Throws
// Error(malformed), and Error(untrusted) if no root of them signed the set.
Trust built_in_trust(base::ByteView anchors, base::ByteView cards);

// The anchors built in, with those of each folder. Throws Error(not_found) if a folder has no
// anchors.json, Error(untrusted) if its card set is signed by none of the roots.
Trust load_trust(const std::vector<std::filesystem::path>& folders);

// A card set from a file that a person names (`kluis seal --to`). Throws Error(untrusted) unless a
// root of `trust` signed it, and if `trust` has a newer version by the same root key.
SignedSet read_card_set(const std::filesystem::path& file, const Trust& trust);

// --- what a keyring remembers of anchors: the highest versions, of what is built in; a test's
// leave no trace ---

// Raises what `keyring` remembers to what `trust` has.
void remember_anchors(account::Keyring& keyring, const Trust& trust);
void remember_set(account::Keyring& keyring, const SignedSet& set, const Trust& trust);

// Whether the program was built with older anchors than `keyring` has seen.
bool has_older_anchors(const account::Keyring& keyring, const Trust& trust);
// Throws Error(untrusted) if `set` rests on older anchors than `keyring` has seen, or is older
// itself.
void require_newest(const account::Keyring& keyring, const SignedSet& set, const Trust& trust);

// Who holds a card, by the anchors: an organisation's name, "member of the card set, version N", or
// nothing; with ", until TIME" where the entry has an end.
std::optional<std::string> known_holder(const Trust& trust, const statement::Fingerprint& card);

}  // namespace kluis::client
