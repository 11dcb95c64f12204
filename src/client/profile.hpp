// A dossier's profile: the newest document of that kind that is one.
//
// Thread-safety: one thread at a time.
#pragma once

#include <kluis/dossier/profile.hpp>

#include <client/deposit.hpp>
#include <client/owner_view.hpp>

namespace kluis::client {

// Something that a person should know of a document of kind `profile`.
struct ProfileWarning {
    DocumentId document;
    std::string text;  // one English phrase
};

struct FoundProfile {
    std::optional<dossier::Profile> profile;  // nothing if the dossier has none
    std::optional<DocumentId> document;       // that it is
    // Newer ones that cannot be read, and one that the owner did not deposit.
    std::vector<ProfileWarning> warnings;

    const dossier::Profile* known() const { return profile ? &*profile : nullptr; }
};

// Throws only where the server cannot be reached or asked.
FoundProfile fetch_profile(Client& client, const OwnerView& view);

// Deposits a profile as the newest. Throws as deposit.
Deposited deposit_profile(Client& client, const DossierId& dossier,
                          const dossier::Profile& profile);

// Deposits one small content that this program made, such as a profile or a wish list.
Deposited deposit_made(Client& client, const DossierId& dossier, base::Bytes content,
                       dossier::Metadata metadata);

}  // namespace kluis::client
