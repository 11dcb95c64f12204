// What a person gives for a card: its text, a link, a whole fingerprint, or a file. What is one of
// the first three is never looked for as a file: whoever packs an archive chooses the names of
// files.
//
// Thread-safety: one thread at a time.
#pragma once

#include <client/client.hpp>

namespace kluis::client {

using statement::Fingerprint;

// The card that `text` names by itself: as its text, a link or a whole fingerprint; nothing if it
// is none of these. Throws Error(malformed or usage) for a text or link of something else.
std::optional<Fingerprint> given_card(std::string_view text);

// The card that a file holds, or a link in it names; nothing if there is no such file. REQUIRES:
// given_card has nothing for `name`.
std::optional<Fingerprint> card_in_file(std::string_view name);

struct LoadedCard {
    statement::Card card;
    // With the fingerprint in what the person gave. Not so where that stood in a file.
    bool compared = false;

    operator const statement::Card&() const { return card; }
};

// The card itself, from the server where a link or fingerprint was given, and compared with that.
// Throws Error(usage) if `text` is none of the four, Error(forged) if the server answers with
// another card (attack 1).
LoadedCard load_card(Client& client, const std::string& text);

// A card from its text or from a file that holds it; nothing if `text` is neither. Throws
// Error(usage) for a file that holds a link only.
std::optional<statement::Card> read_card(std::string_view text);

}  // namespace kluis::client
