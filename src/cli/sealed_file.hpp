// A small secret in a file, as `age -p` writes it.
//
// Thread-safety: pure functions but for the file.
#pragma once

#include <kluis/crypto/secret.hpp>

#include <filesystem>

namespace kluis::cli {

// Writes `secret` encrypted under a passphrase, armored, to a new file of the owner alone. Throws
// Error(conflict) if the file is there.
void write_sealed_file(const std::filesystem::path& file, base::ByteView secret,
                       crypto::SecretBuffer passphrase);

// The inverse. Throws Error(wrong_key), Error(malformed), Error(forged), Error(not_found).
crypto::SecretBuffer open_sealed_file(const std::filesystem::path& file,
                                      crypto::SecretBuffer passphrase);

}  // namespace kluis::cli
