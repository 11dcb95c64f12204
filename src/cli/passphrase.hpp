// Asking a person for a secret, without echo, and reading one from a file. Neither ever passes
// through ordinary memory of unbounded life.
//
// Thread-safety: one thread at a time.
#pragma once

#include <kluis/crypto/secret.hpp>

#include <filesystem>

namespace kluis::cli {

inline constexpr std::size_t kSecretLimit = 4096;

// One line from the terminal (/dev/tty), which shows `prompt` and no echo. Throws Error(usage) if
// there is no terminal.
crypto::SecretBuffer ask_secret(const char* prompt);

// The whole text of a file. Throws Error(not_found), or Error(limit) above `most` bytes.
crypto::SecretBuffer read_secret_file(const std::filesystem::path& file, std::size_t most);

// A passphrase: the first line of `file`, or, if that is empty, asked at the terminal as `what`.
crypto::SecretBuffer read_passphrase(const std::filesystem::path& file, const std::string& what);
// One that a person chooses: at the terminal, asked twice. Throws Error(usage) if it is empty or
// the two differ.
crypto::SecretBuffer read_new_passphrase(const std::filesystem::path& file,
                                         const std::string& what);

// Whether ask_secret could ask.
bool has_terminal();

}  // namespace kluis::cli
