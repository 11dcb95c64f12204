// Help, and what is said of a command line that makes no sense, in the voice of output.hpp.
//
// Thread-safety: one thread at a time.
#pragma once

#include <kluis/base/error.hpp>

#include <CLI/CLI.hpp>

namespace kluis::cli {

// Completes the help of `app`, which has all its commands: its own lists every command, and that of
// each command ends with the exit codes.
void complete_help(CLI::App& app);

// Error(usage) for what CLI11 found, naming what is unknown or missing; its hint names the help of
// the command that was meant.
base::Error usage_error(const CLI::App& app, const CLI::ParseError& error);

}  // namespace kluis::cli
