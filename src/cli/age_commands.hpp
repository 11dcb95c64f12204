// kluis keygen, encrypt and decrypt: plain age files, with no account and no server.
//
// Thread-safety: one thread at a time.
#pragma once

#include <CLI/CLI.hpp>

#include <filesystem>

namespace kluis::cli {

// What these commands need of the options before the command. `json` and `passphrase_file` are read
// when a command runs, and must live until then.
struct AgeSettings {
    const bool& json;
    const std::filesystem::path& passphrase_file;  // empty: ask at the terminal
};

void add_age_commands(CLI::App& app, AgeSettings settings);

}  // namespace kluis::cli
