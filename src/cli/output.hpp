// The voice of kluis. Results go to standard output. All else goes to standard error: errors as
// `kluis: <message>` in lower case without full stop, then `kluis: hint: <what to do>` where there
// is something to do. With --json a result is one line of JSON, and so is an error.
//
// Thread-safety: functions may be called from any thread.
#pragma once

#include <kluis/base/error.hpp>
#include <kluis/base/json.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace kluis::cli {

// Shows `error` and returns the exit code. With --json, `notices` are told with it.
int report(const base::Error& error, bool json,
           const std::vector<std::string>& notices = {}) noexcept;
// The members of an error in JSON: kind, code, message and, where there is one, hint.
base::Json error_json(const base::Error& error);
// The same for an exception that is none of ours: a defect, or no memory.
int report_other(std::string_view what, bool json) noexcept;

// Shows a line on standard error, such as what a person should know beside the result.
void note(std::string_view line);
// Shows a line on standard output. Throws Error(storage) if that fails.
void print(std::string_view line);

// Draws a line on standard error that the next note, result or status replaces; an empty one takes
// it away. Only on a terminal, and only until a result is shown.
void show_status(std::string_view line);
// Called before a result is written by other means than print.
void begin_result();

bool is_terminal(int descriptor) noexcept;

}  // namespace kluis::cli
