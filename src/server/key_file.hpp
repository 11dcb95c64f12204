// Where the database key comes from: a file of its owner alone, a systemd credential, or a prompt.
// Never from the data directory, the command line or the environment.
//
// Thread-safety: one thread at a time.
#pragma once

#include <store/sqlcipher/sqlcipher_store.hpp>

#include <filesystem>
#include <optional>

namespace kluis::server {

// The name of the credential in $CREDENTIALS_DIRECTORY.
inline constexpr const char* kCredential = "kluisd.key";

// The key in `file` or, without one, in the credential or, at a terminal, as typed: 64 hexadecimal
// digits. Throws Error(denied) if others may read the file or it lies in the data directory `data`,
// Error(malformed) on any other content, Error(usage) if there is nowhere to take it from.
store::DatabaseKey read_key(const std::optional<std::filesystem::path>& file,
                            const std::filesystem::path& data);

// As read_key; but makes `file` (0600) with a fresh key if there is none.
store::DatabaseKey read_or_make_key(const std::optional<std::filesystem::path>& file,
                                    const std::filesystem::path& data);

}  // namespace kluis::server
