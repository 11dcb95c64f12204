// Exhibit numbers: given to a document at its first sealing, kept in the owner's keyring, never
// given again.
//
// A former owner's numbers are in their own keyring, and a transfer does not carry them. The new
// owner's begin after all that they can have given, so that one number never names two documents.
//
// Thread-safety: one thread at a time.
#pragma once

#include <client/owner_view.hpp>

namespace kluis::client {

// The numbers of `documents`; those that had none get the next free ones, in the order of their
// periods and deposits, written to the keyring before this returns.
std::map<DocumentId, std::uint64_t> exhibit_numbers(Client& client, const OwnerView& view,
                                                    const std::vector<DocumentId>& documents);

// The highest number that former owners can have given: each gave at most one to every document
// that was deposited in their time or before, once they sealed anything. 0 if none did.
std::uint64_t numbers_of_former_owners(const chain::Replay& replay);

}  // namespace kluis::client
