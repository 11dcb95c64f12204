// Identity files as commands take them: plain, or protected by a passphrase.
//
// Thread-safety: one thread at a time.
#pragma once

#include <kluis/crypto/x25519.hpp>

#include <filesystem>
#include <string>
#include <vector>

namespace kluis::cli {

// The text of an identity file; where it is protected by a passphrase, that is the first line of
// `passphrase_file`, or, if that is empty, asked at the terminal. Throws Error(not_found),
// Error(wrong_key), Error(malformed), Error(limit).
crypto::SecretBuffer read_identity_text(const std::filesystem::path& passphrase_file,
                                        const std::string& file);

// The X25519 keys of an identity file; throws as above.
std::vector<crypto::X25519Secret> read_identities(const std::filesystem::path& passphrase_file,
                                                  const std::string& file);

}  // namespace kluis::cli
