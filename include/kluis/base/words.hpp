// The English word list of BIP 39 (2048 words, sorted): for recovery words, passphrases, handles and
// the four words of a head.
//
// Thread-safety: pure functions over constant data.
#pragma once

#include <optional>

#include <kluis/base/bytes.hpp>

namespace kluis::base {

inline constexpr std::size_t kWordCount = 2048;

// The word at `index`, valid for ever. REQUIRES: index < kWordCount.
std::string_view word(std::size_t index);

// The index of `text`, spelled exactly as in the list, or nothing.
std::optional<std::size_t> word_index(std::string_view text);

// The first `count` * 11 bits of `bytes` as words, in order. REQUIRES: bytes holds that many bits.
std::vector<std::string_view> words_of_bits(ByteView bytes, std::size_t count);

// `text` split at single spaces (or `separator`); throws Error(malformed), naming the place of the
// first word that is not in the list (never the word itself: it may be secret) unless there are
// exactly `count` words of the list, in lower case, with single separators and nothing around them.
std::vector<std::size_t> parse_words(std::string_view text, std::size_t count, std::string_view what,
                                     char separator = ' ');

}  // namespace kluis::base
