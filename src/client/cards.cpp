#include <kluis/base/text.hpp>

#include <client/card_source.hpp>
#include <client/cards.hpp>

namespace kluis::client {

namespace {

using base::Error;
using base::ErrorKind;

const account::PinnedCard& kept(const Client& client, const statement::Fingerprint& card) {
    const auto found = client.keyring().cards.find(card);
    if (found == client.keyring().cards.end()) {
        throw Error(ErrorKind::not_found, "you have not added this card");
    }
    return found->second;
}

void require_free_name(const Client& client, const statement::Fingerprint& card,
                       const std::string& name) {
    for (const auto& [other, pinned] : client.keyring().cards) {
        if (other != card && pinned.name == name) {
            throw Error(ErrorKind::untrusted,
                        "you know another card as '" + base::printable(name) + "'",
                        "a card never changes: if its holder has a new one, compare it with them "
                        "and give it another name");
        }
    }
}

}  // namespace

AddedCard add_card(Client& client, const std::string& text, const std::string& name) {
    const auto loaded = load_card(client, text);
    const auto fingerprint = statement::fingerprint(loaded.card);
    if (!name.empty()) {
        require_free_name(client, fingerprint, name);
    }
    client.change_keyring([&](account::Keyring& keyring) {
        auto& pinned = keyring.cards[fingerprint];
        pinned.card = loaded.card;
        pinned.checked = pinned.checked || loaded.compared;
        if (!name.empty()) {
            pinned.name = name;
        }
    });
    return {loaded.card, is_checked(client, fingerprint)};
}

void verify_card(Client& client, const statement::Fingerprint& card,
                 const statement::Fingerprint& said) {
    const bool was_checked = kept(client, card).checked;
    if (card == said) {
        client.change_keyring(
            [&](account::Keyring& keyring) { keyring.cards.at(card).checked = true; });
        return;
    }
    const auto alarm = "this card has another fingerprint, " + statement::to_text(card);
    if (was_checked) {
        throw Error(ErrorKind::forged,
                    alarm + ", and is still kept: it had been compared before, and was right then",
                    "compare once more with its holder; if it is not theirs, `kluis card remove` "
                    "forgets it, and `kluis dossier access` shows what it was allowed");
    }
    client.change_keyring([&](account::Keyring& keyring) { keyring.cards.erase(card); });
    throw Error(ErrorKind::forged, alarm + ", and is not kept any more",
                "ask its holder for the right card");
}

void remove_card(Client& client, const statement::Fingerprint& card) {
    kept(client, card);
    client.change_keyring([&](account::Keyring& keyring) { keyring.cards.erase(card); });
}

statement::Card checked_card(const Client& client, const statement::Fingerprint& card) {
    if (!is_checked(client, card)) {
        throw Error(ErrorKind::untrusted, "you have not checked this card's fingerprint",
                    "compare it with its holder, then `kluis card add` and `kluis card verify`");
    }
    return client.keyring().cards.at(card).card;
}

bool is_checked(const Client& client, const statement::Fingerprint& card) {
    const auto pinned = client.keyring().cards.find(card);
    return pinned != client.keyring().cards.end() && pinned->second.checked;
}

}  // namespace kluis::client
