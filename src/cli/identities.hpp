// Identity files as commands take them: plain, or protected by a passphrase.
//
// Thread-safety: one thread at a time.
#pragma once

#include <kluis/crypto/x25519.hpp>

#include <cli/context.hpp>

namespace kluis::cli {

// The X25519 keys of an identity file; asks for its passphrase where it has one. Throws
// Error(not_found), Error(wrong_key), Error(malformed).
std::vector<crypto::X25519Secret> read_identities(const Context& context, const std::string& file);

// The text of a passphrase-protected or plain identity file.
crypto::SecretBuffer read_identity_text(const Context& context, const std::string& file);

}  // namespace kluis::cli
