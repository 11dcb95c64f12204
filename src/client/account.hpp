// Making an account, bringing one back from its paper kit, and replacing its passphrase.
//
// Thread-safety: as Client.
#pragma once

#include <client/client.hpp>

namespace kluis::client {

// A new account at `server` by an invitation: fresh secret, handle and the given passphrase. The
// device's account file is written only after the server has accepted. Throws Error(conflict) if
// this device has an account already, Error(denied) if the invitation is not valid.
Client create_account(const Environment& environment, const std::string& server,
                      const api::InvitationCode& invitation, const account::Passphrase& passphrase);

// Opens the account of `secret` on this device under a new passphrase: the old one ends. Throws
// Error(conflict) if this device has another account.
Client recover_account(const Environment& environment, const std::string& server,
                       account::AccountSecret secret, const account::Passphrase& passphrase);

}  // namespace kluis::client
