// Opening a dossier, handing it to another card, and destroying it.
//
// Thread-safety: one thread at a time.
#pragma once

#include <client/owner_view.hpp>

namespace kluis::client {

// Opens a dossier and pins it under `name`.
DossierId create_dossier(Client& client, const std::string& jurisdiction, const std::string& name);

// Trusts a dossier's id that this person has checked, under `name`; keeps what is known of it.
void pin_dossier(Client& client, const DossierId& id, const std::string& name);

// The consent of this account to take over a dossier from the card `from`: a signed envelope to be
// given to the present owner. Pins the dossier.
statement::Envelope make_consent(Client& client, const DossierId& id, const Fingerprint& from);

// Hands the dossier over. The new card must be checked and have signed `consent`; every document
// gets a header for it. Throws Error(untrusted) if the card is not checked, Error(forged) if the
// consent is not for this, Error(conflict) if a document does not open.
void transfer_dossier(Client& client, const DossierId& id, const statement::Envelope& consent);

// Destroys the dossier at the server: documents, statements, everything.
void erase_dossier(Client& client, const DossierId& id);

}  // namespace kluis::client
