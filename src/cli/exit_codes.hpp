// The exit codes of kluis and what they mean; `kluis --help` lists them.
//
// Thread-safety: pure functions.
#pragma once

#include <kluis/base/error.hpp>

#include <string>

namespace kluis::cli {

inline constexpr int kExitDone = 0;
inline constexpr int kExitOther = 1;  // something that is no Error of ours

// The exit code for an error: the one mapping.
int exit_code(base::ErrorKind kind) noexcept;

// All codes with their meanings, for --help.
std::string exit_code_help();

}  // namespace kluis::cli
