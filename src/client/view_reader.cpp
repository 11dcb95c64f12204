#include <client/view_gatherer.hpp>

namespace kluis::client {

namespace {

using base::Error;
using base::ErrorKind;

constexpr int kTries = 5;

// The card of this dossier's owner when this person last saw it.
std::optional<statement::Card> last_owner(const Client& client, const statement::DossierId& id) {
    const auto pinned = client.keyring().dossiers.find(id);
    return pinned == client.keyring().dossiers.end() ? std::nullopt : pinned->second.owner;
}

// An erasure is believed if it is about this dossier and signed by the owner that it last had:
// any other card, however well known, has no right to it.
[[noreturn]] void throw_erased(const Client& client, const statement::DossierId& id,
                               const statement::Signed& erase) {
    if (!std::holds_alternative<statement::DossierErase>(erase.statement.act) ||
        statement::dossier_of(erase) != id) {
        throw Error(ErrorKind::forged, "the server shows something else as an erasure");
    }
    const auto& actor = erase.statement.actor;
    const auto owner = actor == client.me() ? std::optional(client.card()) : last_owner(client, id);
    if (!owner || statement::fingerprint(*owner) != actor) {
        throw Error(ErrorKind::untrusted,
                    "the server says that this dossier was erased, and shows no signature of an "
                    "owner that you know",
                    "ask its owner");
    }
    if (!statement::verify(erase.envelope, statement::kStatementType, owner->signing)) {
        throw Error(ErrorKind::forged, "the server shows an erasure that its owner never signed");
    }
    throw Error(ErrorKind::denied,
                "its owner erased this dossier at " + base::to_string(erase.statement.time))
        .with_code("dossier-erased");
}

ReceivedView read(Client& client, const statement::DossierId& id, api::ViewAs as,
                  std::uint64_t from) {
    ViewGatherer gatherer(id, as);
    client.service().dossier(client.session(), id, as, from,
                             [&](api::ViewRecord record) { gatherer(std::move(record)); });
    auto view = gatherer.take_view();
    if (view.begin.erased) {
        throw_erased(client, id, statement::parse_signed(*view.begin.erased));
    }
    return view;
}

}  // namespace

ReceivedView read_view(Client& client, const statement::DossierId& id, api::ViewAs as) {
    for (int tries = 0; tries < kTries; ++tries) {
        auto view = read(client, id, as, 0);
        if (view.end.head == view.begin.head && view.end.shown == view.begin.shown) {
            return view;
        }
    }
    throw Error(ErrorKind::conflict, "the dossier is being changed all the time",
                "try again in a moment");
}

ReceivedView read_from(Client& client, const statement::DossierId& id, std::uint64_t from) {
    return read(client, id, api::ViewAs::owner, from);
}

void require_not_erased(Client& client, const statement::DossierId& id) {
    if (!client.keyring().dossiers.contains(id)) {
        return;
    }
    try {
        read_view(client, id, api::ViewAs::grantee);
    } catch (const Error& error) {
        if (error.kind() != ErrorKind::not_found) {
            throw;
        }
    }
}

}  // namespace kluis::client
