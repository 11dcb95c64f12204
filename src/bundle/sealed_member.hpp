// A small member of a bundle as an age file, sealed or opened whole in memory.
//
// Thread-safety: pure functions.
#pragma once

#include <kluis/age/seal/recipient.hpp>
#include <kluis/base/stream.hpp>
#include <kluis/crypto/x25519.hpp>

#include <span>

namespace kluis::bundle {

// An age file of `plain`, one X25519 stanza for each recipient.
base::Bytes seal_member(base::ByteView plain, std::span<const crypto::X25519Public> recipients);

// The plaintext of the age file in `member`, which must have exactly one X25519 stanza, for
// `case_key`. Throws Error(limit) if it is longer than `most`, Error(forged) or Error(malformed).
base::Bytes open_member(base::Reader& member, const crypto::X25519Secret& case_key,
                        std::size_t most, std::string_view what);

}  // namespace kluis::bundle
