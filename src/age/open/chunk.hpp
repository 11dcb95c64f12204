// One chunk of a payload.
#pragma once

#include <kluis/age/seal/stream.hpp>

namespace kluis::age {

inline constexpr const char* kCutShort = "the file is cut short";

struct OpenedChunk {
    std::size_t size = 0;           // of the plaintext, which is good
    const char* failure = nullptr;  // what is wrong with the payload, if something is
};

// Opens chunk `index` into `out`; `at_end` says that nothing follows it. A chunk of full size that
// was encrypted as the last one, or not so, against what `at_end` says, is given and is a failure:
// the payload was continued or cut short after it.
// REQUIRES: out has room for the plaintext and does not overlap `sealed`.
OpenedChunk open_chunk(crypto::ChaCha20Poly1305& cipher, std::uint64_t index, bool at_end,
                       base::ByteView sealed, base::MutableBytes out);

[[noreturn]] void throw_forged(const char* failure);

// The payload's nonce. Throws Error(forged) if the stream is too short for one.
PayloadNonce read_nonce(AheadReader& payload);

}  // namespace kluis::age
