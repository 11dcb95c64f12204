// A dossier's profile, from its newest document of that kind.
//
// Thread-safety: one thread at a time.
#pragma once

#include <kluis/dossier/profile.hpp>

#include <client/deposit.hpp>
#include <client/owner_view.hpp>

namespace kluis::client {

// Nothing if the dossier has none. Throws as fetch_content, and Error(malformed) if the document is
// no profile.
std::optional<dossier::Profile> fetch_profile(Client& client, const OwnerView& view);

// Deposits a profile as the newest. Throws as deposit.
Deposited deposit_profile(Client& client, const DossierId& dossier,
                          const dossier::Profile& profile);

// Deposits one small content that this program made, such as a profile or a wish list.
Deposited deposit_made(Client& client, const DossierId& dossier, base::Bytes content,
                       dossier::Metadata metadata);

}  // namespace kluis::client
