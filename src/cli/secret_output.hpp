// Showing a secret to the person, on standard output, without a copy in ordinary memory.
//
// Thread-safety: one thread at a time.
#pragma once

#include <string_view>
#include <utility>
#include <vector>

namespace kluis::cli {

// `label` on a line, then `secret` on a line.
void show_secret(std::string_view label, std::string_view secret);

// `secret` as a QR code for a terminal.
void show_secret_code(std::string_view secret);

// A line of JSON: the members of `object`, which is a JSON object that is not empty, and before
// them `secrets` by name, whose text needs no escapes.
void show_json_with_secrets(
    std::string_view object,
    const std::vector<std::pair<std::string_view, std::string_view>>& secrets);

}  // namespace kluis::cli
