// A dossier's view as a server sends it, gathered and checked for form only.
//
// Thread-safety: pure over the client's session; one thread at a time.
#pragma once

#include <client/client.hpp>

namespace kluis::client {

struct ReceivedView {
    api::ViewBegin begin;
    std::vector<statement::Card> cards;
    std::vector<statement::Envelope> statements;
    std::vector<api::ViewDocument> documents;
    api::ViewEnd end;
};

// Asks for the view, again while the dossier changes meanwhile (a few times). Throws
// Error(malformed) on records out of order. If the server shows an erasure: Error(denied,
// "dossier-erased") when the owner that the keyring remembers, or this card itself, signed it, else
// Error(untrusted or forged).
ReceivedView read_view(Client& client, const statement::DossierId& id, api::ViewAs as);

// One reading of the owner's view, of the statements from place `from` on: where the chain grew
// meanwhile, its end has another head than its beginning. Throws as read_view.
ReceivedView read_from(Client& client, const statement::DossierId& id, std::uint64_t from);

// Asks why the server does not list a dossier that is pinned: throws as read_view if it was erased,
// so that this is not taken for withholding. Returns if there is nothing to tell.
void require_not_erased(Client& client, const statement::DossierId& id);

}  // namespace kluis::client
