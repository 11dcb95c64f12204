// A card: an account's public half, and its fingerprint.
//
// Thread-safety: plain values and pure functions.
#pragma once

#include <kluis/base/json.hpp>
#include <kluis/statement/ids.hpp>

namespace kluis::statement {

// A card never changes: a new secret is a new card.
struct Card {
    crypto::X25519Public recipient;
    crypto::Ed25519Public signing;

    friend auto operator<=>(const Card&, const Card&) = default;
};

// SHA-256("bewijskluis.org/v1/card" || recipient || signing) cut to 20 bytes.
Fingerprint fingerprint(const Card& card);

// The recipient as age writes it: `age1…`.
std::string recipient_text(const Card& card);

// {"recipient": "age1…", "signing": base64}.
base::Json to_json(const Card& card);

// Throws Error(malformed) on anything else, and on a recipient of low order, whose shared secrets
// would be all zeros.
Card parse_card(const base::Json& json);

// A card as a file or as text in a message: the canonical JSON of
// {"card": …, "fingerprint": …, "type": "bewijskluis-card"} in one line.
std::string card_text(const Card& card);

// The inverse of card_text; white space around it is allowed. Throws Error(malformed), and
// Error(forged) if the fingerprint written in it is not the card's.
Card parse_card_text(std::string_view text);

}  // namespace kluis::statement
