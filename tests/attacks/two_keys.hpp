// One payload that opens under two file keys ("invisible salamander"): age's payload cipher does
// not commit to its key.
#pragma once

#include <kluis/age/seal/file_key.hpp>

namespace kluis::test {

// Each of two readers finds a text of this size in the same payload, at another place.
inline constexpr std::size_t kTwoKeysText = 2032;
inline constexpr std::size_t kTwoKeysPlain = 4096;

// A text of that size, in which any number of lines tells what it says.
inline base::Bytes two_keys_text(std::string_view line) {
    base::Bytes text;
    while (text.size() + line.size() <= kTwoKeysText)
        base::append(text, line);
    text.resize(kTwoKeysText, ' ');
    return text;
}

// nonce || STREAM of one chunk of kTwoKeysPlain bytes. Under `first_key` it begins with `first`;
// under `second_key` it has `second` from kTwoKeysText on. What else each reader sees is noise.
// REQUIRES: both texts are kTwoKeysText bytes long.
base::Bytes payload_under_two_keys(const age::FileKey& first_key, base::ByteView first,
                                   const age::FileKey& second_key, base::ByteView second);

}  // namespace kluis::test
