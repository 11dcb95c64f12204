// Payloads that fit in memory, and what a statement promises of each.
#pragma once

#include <kluis/document/document.hpp>

namespace kluis::document {

using statement::Role;

// Below this, threads cost more than they save.
inline constexpr std::uint64_t kLarge = 256 * 1024;

// The payload of `role` as deposited. Throws Error(forged) if there is none.
const Payload& promised(const Promise& promise, Role role);

// Throws Error(forged) unless `stored` has the size and digest of `payload`; `what` names it.
void check_payload(const Payload& payload, base::ByteView stored, std::string_view what);

SealedSmall with_payload(base::Bytes stored);

// `plain` as nonce || STREAM under a fresh nonce.
SealedSmall seal_small(const age::FileKey& key, base::ByteView plain);

// The plaintext of nonce || STREAM. Throws Error(forged), or Error(limit) above `most` bytes.
base::Bytes open_small(const age::FileKey& key, base::Reader& stored, std::size_t most,
                       std::string_view what);

}  // namespace kluis::document
