// Making an account, bringing one back from its paper kit, and replacing its passphrase.
//
// Thread-safety: as Client.
#pragma once

#include <client/client.hpp>

namespace kluis::client {

// Throws Error(conflict) if this device has an account. One of which it is not known whether the
// server has it is no obstacle: a new one takes its place.
void require_no_account(const Home& home);

// Whether a server that answers so did nothing of what it was asked.
bool is_refusal(const base::Error& error);

// A new account at `server` by an invitation: fresh secret, handle and the given passphrase. The
// device's account file is written first, as unconfirmed, and is taken back where the server
// refused: where its answer is lost, Client::open finds out. Throws as require_no_account, and
// Error(denied) if the invitation is not valid.
Client create_account(const Environment& environment, const std::string& server,
                      const api::InvitationCode& invitation, const account::Passphrase& passphrase);

// Opens the account of `secret` on this device under a new passphrase: the old one ends. Throws
// Error(conflict) if this device has another account.
Client recover_account(const Environment& environment, const std::string& server,
                       account::AccountSecret secret, const account::Passphrase& passphrase);

}  // namespace kluis::client
