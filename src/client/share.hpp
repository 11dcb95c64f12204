// Granting documents to a card, and ending that.
//
// Thread-safety: one thread at a time.
#pragma once

#include <client/owner_view.hpp>

namespace kluis::client {

// Grants each document to the checked card `grantee`, until `until` if given; replaces what it had.
// Throws Error(untrusted) if the card is not checked (attack 1), Error(not_found) if a document
// does not stand, Error(forged) if the dossier gives an alarm.
void grant(Client& client, const DossierId& dossier, const std::vector<DocumentId>& documents,
           const Fingerprint& grantee, std::optional<base::Time> until);

// Ends the grants of these documents to a card. The server deletes the headers; what was read or
// copied before stays with the reader. Throws Error(not_found) if one is not granted to it.
void revoke(Client& client, const DossierId& dossier, const std::vector<DocumentId>& documents,
            const Fingerprint& grantee);

}  // namespace kluis::client
