// Whom a card is shown as.
//
// Thread-safety: pure functions.
#pragma once

#include <client/client.hpp>

#include <string>

namespace kluis::cli {

// "you", the person's own name for the card with the beginning of its fingerprint, or the
// fingerprint. Printable.
std::string name_of(const client::Client& client, const statement::Fingerprint& card);

// Throws Error(usage) for the person's own card, Error(untrusted) for one that is not pinned: what
// is granted to it would be refused.
void require_grantable(const client::Client& client, const statement::Fingerprint& card);

}  // namespace kluis::cli
