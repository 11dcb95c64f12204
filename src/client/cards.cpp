#include <kluis/base/text.hpp>

#include <client/cards.hpp>
#include <client/library.hpp>
#include <client/link.hpp>

namespace kluis::client {

namespace {

using base::Error;
using base::ErrorKind;

// Whether load_card compares the card with a fingerprint that `text` gives.
bool gives_fingerprint(const std::string& text) {
    return parse_link(text) || (!text.starts_with('{') && !std::filesystem::is_regular_file(text));
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
    const auto card = load_card(client, text);
    const auto fingerprint = statement::fingerprint(card);
    if (!name.empty()) {
        require_free_name(client, fingerprint, name);
    }
    client.change_keyring([&](account::Keyring& keyring) {
        auto& pinned = keyring.cards[fingerprint];
        pinned.card = card;
        pinned.checked = pinned.checked || gives_fingerprint(text);
        if (!name.empty()) {
            pinned.name = name;
        }
    });
    return {card, is_checked(client, fingerprint)};
}

void verify_card(Client& client, const statement::Fingerprint& card,
                 const statement::Fingerprint& said) {
    if (!client.keyring().cards.contains(card)) {
        throw Error(ErrorKind::not_found, "you have not added this card");
    }
    client.change_keyring([&](account::Keyring& keyring) {
        if (card == said) {
            keyring.cards.at(card).checked = true;
        } else {
            keyring.cards.erase(card);
        }
    });
    if (card != said) {
        throw Error(ErrorKind::forged,
                    "this card has another fingerprint, " + statement::to_text(card) +
                        ", and is not kept any more",
                    "ask its holder for the right card");
    }
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
