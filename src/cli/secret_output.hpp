// Showing a secret to the person, on standard output, without a copy in ordinary memory.
//
// Thread-safety: one thread at a time.
#pragma once

#include <string_view>

namespace kluis::cli {

// `label` on a line, then `secret` on a line.
void show_secret(std::string_view label, std::string_view secret);

// `secret` as a QR code for a terminal.
void show_secret_code(std::string_view secret);

}  // namespace kluis::cli
