// The end of a dossier's chain for one who signs onto it, without opening its documents.
//
// Thread-safety: one thread at a time.
#pragma once

#include <kluis/chain/replay.hpp>

#include <client/author.hpp>

namespace kluis::client {

// What a person who may deposit knows of a dossier.
struct DepositTarget {
    Tip tip;
    statement::Card owner;
    std::string jurisdiction;
    bool own = false;                             // the person is the owner
    std::optional<chain::Permission> permission;  // the depositor's
};

// Fetches and verifies what the server shows this card as owner, else as depositor. Throws
// Error(untrusted) if the dossier is not pinned, Error(denied) if the card may not deposit now,
// Error(forged) on a chain that does not verify or, unless `even_unsound`, an own dossier that
// OwnerView::require_sound refuses.
DepositTarget fetch_deposit_target(Client& client, const statement::DossierId& id,
                                   bool even_unsound = false);

}  // namespace kluis::client
