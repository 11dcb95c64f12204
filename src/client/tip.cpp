#include <client/grantee_view.hpp>
#include <client/shown_before.hpp>
#include <client/tip.hpp>
#include <client/view_reader.hpp>

namespace kluis::client {

namespace {

using base::Error;
using base::ErrorKind;

}  // namespace

bool owns(Client& client, const statement::DossierId& id) {
    for (const auto& dossier : client.service().dossiers(client.session())) {
        if (dossier.id == id) {
            return std::ranges::find(dossier.as, api::ViewAs::owner) != dossier.as.end();
        }
    }
    require_not_erased(client, id);
    throw Error(ErrorKind::not_found, "the server shows you no such dossier",
                "ask its owner whether you are still allowed");
}

namespace {

DepositTarget own_target(const Client& client, OwnerView view) {
    view.require_sound();
    const auto dossier = *view.state().dossier();
    return {{view.id(), dossier.head, dossier.length, dossier.last},
            client.card(),
            dossier.jurisdiction,
            std::move(view),
            std::nullopt};
}

// Where the dossier was pinned after it was read from, the keyring has noted what was shown then,
// but not whose it was.
void require_owner_known(Client& client, const statement::DossierId& id) {
    const auto& keyring = client.keyring();
    if (!keyring.dossiers.at(id).owner && keyring.granted.contains(id)) {
        fetch_granted(client, id);
    }
}

DepositTarget depositor_target(Client& client, const statement::DossierId& id) {
    require_owner_known(client, id);
    auto received = read_view(client, id, api::ViewAs::depositor);
    std::vector<statement::Signed> statements;
    statements.reserve(received.statements.size());
    for (auto& envelope : received.statements) {
        statements.push_back(statement::parse_signed(std::move(envelope)));
    }
    const auto view = chain::verify_depositor_view(id, client.me(), statements);
    const auto& before = client.keyring().dossiers.at(id);
    require_shown_again(before.shown, before.owner, statements);
    // Also where nothing may be deposited: it was shown, and must not be hidden later.
    client.change_keyring([&](account::Keyring& keyring) {
        auto& pinned = keyring.dossiers.at(id);
        pinned.owner = view.owner_card;
        pinned.shown = last_right(statements);
    });
    if (!view.permission || !view.permission->stands_at(client.now())) {
        throw Error(ErrorKind::denied,
                    "its owner does not allow you to deposit in this dossier now",
                    "ask the owner to allow your card again");
    }
    base::Time last;
    for (const auto& statement : statements) {
        last = std::max(last, statement.statement.time);
    }
    return {{id, *received.begin.head, std::nullopt, last},
            view.owner_card,
            view.jurisdiction,
            std::nullopt,
            view.permission};
}

}  // namespace

DepositTarget fetch_deposit_target(Client& client, const statement::DossierId& id) {
    require_pinned(client, id);
    return owns(client, id) ? own_target(client, OwnerView::fetch(client, id))
                            : depositor_target(client, id);
}

DepositTarget renewed(Client& client, DepositTarget target) {
    if (!target.own) {
        return fetch_deposit_target(client, target.tip.dossier);
    }
    target.own->catch_up(client);
    return own_target(client, std::move(*target.own));
}

}  // namespace kluis::client
