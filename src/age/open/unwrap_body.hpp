// The last step of every native identity: the body of its stanza under the wrap key.
#pragma once

#include <kluis/age/seal/recipient.hpp>

#include <optional>

namespace kluis::age {

// The file key that `body` holds, or nothing if it is not wrapped under this key. Throws
// Error(malformed) on another length, before anything is decrypted (partitioning oracles).
std::optional<FileKey> unwrap_body(base::ByteView body, const crypto::AeadKey& wrap_key);

// Throws Error(malformed) unless `stanza` has as many arguments, its type included, and a body of
// the one right length.
void require_form(const Stanza& stanza, std::size_t arguments);

}  // namespace kluis::age
