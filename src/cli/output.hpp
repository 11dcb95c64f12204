// The voice of kluis. Results go to standard output. All else goes to standard error: errors as
// `kluis: <message>` in lower case without full stop, then `kluis: hint: <what to do>` where there
// is something to do. With --json a result is one line of JSON, and so is an error.
//
// Thread-safety: functions may be called from any thread.
#pragma once

#include <kluis/base/error.hpp>

#include <string_view>

namespace kluis::cli {

// Shows `error` and returns the exit code.
int report(const base::Error& error, bool json) noexcept;
// The same for an exception that is none of ours: a defect, or no memory.
int report_other(std::string_view what, bool json) noexcept;

// Shows a line on standard error, such as what a person should know beside the result.
void note(std::string_view line);
// Shows a line on standard output. Throws Error(storage) if that fails.
void print(std::string_view line);

bool is_terminal(int descriptor) noexcept;

}  // namespace kluis::cli
