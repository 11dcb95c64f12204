// The cards that a person keeps, and which of them they have checked: only a checked one is given
// rights.
//
// A card that came by a link or a fingerprint was chosen by whoever gave that, and is the one of
// that fingerprint: it is checked. One that came as a file or a text is checked once its
// fingerprint was compared with what its holder says. So is one from a file that holds a link: who
// gives a link gives a fingerprint that can be seen, who names a file sees its name alone, and
// whoever could exchange a card's file for another would need only a link in it to be trusted.
//
// Thread-safety: one thread at a time.
#pragma once

#include <client/client.hpp>

namespace kluis::client {

struct AddedCard {
    statement::Card card;
    bool checked = false;
};

// Keeps the card that `text` gives, as load_card has it, under `name` (empty: as it was). One that
// was checked before stays so. Throws as load_card, and Error(untrusted) if another card has this
// name.
AddedCard add_card(Client& client, const std::string& text, const std::string& name);

// Notes that a kept card was compared with what its holder `said`. Throws Error(not_found) if it is
// not kept; Error(forged) on another fingerprint: the card is then not kept any more, unless it was
// checked before, for then what was said now may be the mistake.
void verify_card(Client& client, const statement::Fingerprint& card,
                 const statement::Fingerprint& said);

// Keeps a card, and the person's own name for it, no longer. What it was given in dossiers stands.
// Throws Error(not_found) if it is not kept.
void remove_card(Client& client, const statement::Fingerprint& card);

// The card, if it was checked (attack 1). Throws Error(untrusted) otherwise.
statement::Card checked_card(const Client& client, const statement::Fingerprint& card);
bool is_checked(const Client& client, const statement::Fingerprint& card);

}  // namespace kluis::client
