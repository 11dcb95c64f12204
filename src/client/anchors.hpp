// Trust anchors as this program has them: those it was built with, and those of a folder given with
// `--anchors`, which mark everything that rests on them as a test.
//
// A folder holds anchors.json (commissions' root keys, organisations' cards) and may hold
// cards.json (a card set, signed by such a root key). keys/README.md describes both.
//
// Thread-safety: plain values and pure functions.
#pragma once

#include <kluis/bundle/reader.hpp>

#include <filesystem>
#include <optional>

namespace kluis::client {

using Trust = bundle::TrustedSets;

// The anchors built in, with those of each folder. Throws Error(not_found) if a folder has no
// anchors.json, Error(untrusted) if its card set is signed by none of the roots.
Trust load_trust(const std::vector<std::filesystem::path>& folders);

// A card set from a file that a person names (`kluis seal --to`). Throws Error(untrusted) unless a
// root of `trust` signed it, and if an anchor has a newer version of the same jurisdiction.
statement::CardSet read_card_set(const std::filesystem::path& file, const Trust& trust);

// The newest set for a jurisdiction, if any.
const statement::CardSet* newest_set(const Trust& trust, std::string_view jurisdiction);

// Who holds a card, by the anchors: an organisation's name, "member of the card set, version N", or
// nothing.
std::optional<std::string> known_holder(const Trust& trust, const statement::Fingerprint& card);

}  // namespace kluis::client
