// The owner's other acts on a dossier: who may deposit, what a document is said to be, erasing one.
//
// Thread-safety: one thread at a time.
#pragma once

#include <client/author.hpp>
#include <client/owner_view.hpp>

namespace kluis::client {

// Signs what `make` makes of the dossier as it is; again on the new head where someone else was
// first. Throws Error(forged) as OwnerView::require_sound does, unless `even_unsound`.
void act_as_owner(Client& client, const DossierId& id,
                  const std::function<std::vector<Draft>(const OwnerView&)>& make,
                  bool even_unsound = false);

// Allows a checked card to deposit. Throws Error(untrusted) if it is not checked, Error(conflict)
// if it is allowed already.
void allow_depositor(Client& client, const DossierId& id, const Fingerprint& card,
                     std::optional<base::Time> until, std::optional<std::uint64_t> count);
// Throws Error(not_found) if the card is not allowed now.
void remove_depositor(Client& client, const DossierId& id, const Fingerprint& card);

// Gives a document a new description; `change` gets its metadata as they are. Size, digest and
// original name stay. Throws Error(usage) as require_depositable does.
void describe_document(Client& client, const DossierId& id, const DocumentId& document,
                       const std::function<void(dossier::Metadata&)>& change);

// Destroys a document at the server: as its owner, whatever alarms the dossier gives and whether or
// not it opens; or as its depositor within a day.
void erase_document(Client& client, const DossierId& id, const DocumentId& document);

}  // namespace kluis::client
