// A dossier as one who was granted documents sees it: those documents, and nothing else.
//
// Thread-safety: one thread at a time.
#pragma once

#include <kluis/chain/replay.hpp>
#include <kluis/document/document.hpp>

#include <client/client.hpp>
#include <client/owner_view.hpp>

namespace kluis::client {

struct GrantedDocument {
    chain::GrantedView view;
    base::Bytes header;  // for this card
    dossier::Metadata metadata;
};

struct GranteeDossier {
    DossierId id;
    Fingerprint owner;
    bool owner_pinned = false;  // else the grant is from a stranger
    std::map<DocumentId, GrantedDocument> documents;
    // Granted, and without a deposit that the server shows: erased since, or withheld.
    std::vector<DocumentId> missing;
    std::vector<Alarm> alarms;
};

// Fetches, verifies and opens what is granted to this card. Throws Error(not_found) if nothing is,
// Error(forged) if what the server shows does not verify, or lacks a transfer, grant or revocation
// that was shown before, or an owner that was shown to this card as a depositor. Remembers these in
// the keyring, if the card has an account.
GranteeDossier fetch_granted(Client& client, const DossierId& id);

}  // namespace kluis::client
