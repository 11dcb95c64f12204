// QR codes for a terminal.
//
// Thread-safety: pure functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace kluis::cli {

// `text` as a QR code drawn with half blocks, dark on light whatever the terminal's colours are,
// with its quiet zone. One line of text for two rows of the code.
std::vector<std::string> qr_lines(std::string_view text);

}  // namespace kluis::cli
