// Text from elsewhere: checking it, and showing it without letting it act.
//
// Thread-safety: pure functions.
#pragma once

#include <kluis/base/bytes.hpp>

namespace kluis::base {

// Whether `bytes` is valid UTF-8 (RFC 3629: no surrogates, no overlong forms).
bool is_utf8(ByteView bytes) noexcept;

// `text` with everything that could act on a terminal, reorder a line or hide in it (control
// characters, line breaks, bidirectional controls, characters without a shape, invalid UTF-8)
// written as \xHH or \u{H…}. Letters of every script stay as they are, with a joiner or non-joiner
// between two of a script that spells with it.
std::string printable(std::string_view text);

// ASCII letters in lower case; all else as it is. For media types and codes, never for names.
std::string lower_ascii(std::string_view text);

}  // namespace kluis::base
