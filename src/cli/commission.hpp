// A commission's root key and card set, in a folder kept offline:
//
//   root.age      the root key: an Ed25519 seed in an age file, under a passphrase
//   anchors.json  the root's public key, as `--anchors` and keys/ read it
//   cards.json    the card set that the root signs
//
// Thread-safety: one thread at a time.
#pragma once

#include <cli/context.hpp>

namespace kluis::cli {

// Makes the folder. Throws Error(conflict) if it holds one of these files already, Error(usage) if
// `end` is not after now.
void commission_keygen(const Context& context, const std::string& folder,
                       const std::string& jurisdiction, const std::string& end);
// An identity file with an account's keys, passphrase-protected as age writes it, and beside it
// FILE.card, its card.
void member_keygen_command(const Context& context, const std::string& file);
// Sign the set anew with a higher version; an entry is never removed but given an end. `read_out`:
// the fingerprint as the member reads it out, or empty; throws Error(forged) if it is another.
void member_add(const Context& context, const std::string& card, const std::string& folder,
                const std::string& end, const std::string& read_out);
void member_remove(const Context& context, const std::string& card, const std::string& folder);

}  // namespace kluis::cli
