// Exhibit numbers: given to a document at its first sealing, kept in the owner's keyring, never
// given again.
//
// Thread-safety: one thread at a time.
#pragma once

#include <client/owner_view.hpp>

namespace kluis::client {

// The numbers of `documents`; those that had none get the next free ones, in the order of their
// periods and deposits, written to the keyring before this returns.
std::map<DocumentId, std::uint64_t> exhibit_numbers(Client& client, const OwnerView& view,
                                                    const std::vector<DocumentId>& documents);

}  // namespace kluis::client
