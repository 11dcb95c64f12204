// The end of a dossier's chain for one who signs onto it, without opening its documents.
//
// Thread-safety: one thread at a time.
#pragma once

#include <kluis/chain/replay.hpp>

#include <client/author.hpp>
#include <client/owner_view.hpp>

namespace kluis::client {

// What a person who may deposit knows of a dossier.
struct DepositTarget {
    Tip tip;
    statement::Card owner;
    std::string jurisdiction;
    std::optional<OwnerView> own;                 // where the person is the owner
    std::optional<chain::Permission> permission;  // the depositor's
};

// Whether the server shows this card the dossier as its owner's. Throws Error(not_found) if it
// shows nothing of it, and as require_not_erased does.
bool owns(Client& client, const statement::DossierId& id);

// Fetches and verifies what the server shows this card as owner, else as depositor. Throws
// Error(untrusted) if the dossier is not pinned, Error(denied) if the card may not deposit now,
// Error(forged) on a chain that does not verify, that lacks what it had before, here or before a
// grantee, or an own dossier that OwnerView::require_sound refuses.
DepositTarget fetch_deposit_target(Client& client, const statement::DossierId& id);

// The same, as it is now; an owner is given only what came since. Throws as above.
DepositTarget renewed(Client& client, DepositTarget target);

}  // namespace kluis::client
