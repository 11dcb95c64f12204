#include <kluis/base/text.hpp>

#include <cli/people.hpp>
#include <client/cards.hpp>

namespace kluis::cli {

std::string name_of(const client::Client& client, const statement::Fingerprint& card) {
    if (card == client.me()) {
        return "you";
    }
    const auto text = statement::to_text(card);
    const auto pinned = client.keyring().cards.find(card);
    return pinned != client.keyring().cards.end() && !pinned->second.name.empty()
               ? base::printable(pinned->second.name) + " (" + text.substr(0, 8) + ")"
               : text;
}

void require_grantable(const client::Client& client, const statement::Fingerprint& card) {
    using base::Error;
    using base::ErrorKind;
    if (card == client.me()) {
        throw Error(ErrorKind::usage, "this is your own card: the owner reads everything already");
    }
    if (!client::is_checked(client, card)) {
        throw Error(ErrorKind::untrusted, "you have not checked this card's fingerprint",
                    "compare it with its holder, then `kluis card add` and `kluis card verify`");
    }
}

}  // namespace kluis::cli
