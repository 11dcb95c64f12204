// Small payloads sent together: one request, one commit, one wait for the disk for all of them.
//
// The body is for each payload: document id (16 bytes) ‖ role (1 byte: 0 content, 1 metadata,
// 2 preview, 3 word) ‖ size (4 bytes, big-endian) ‖ the payload as stored.
//
// Thread-safety: plain values and pure functions.
#pragma once

#include <api/types.hpp>

namespace kluis::api {

struct SmallPayload {
    DocumentId document;
    Role role = Role::content;
    Bytes stored;
};

inline constexpr std::size_t kSmallPayload = 64 * 1024;              // at most, of one
inline constexpr std::size_t kPayloadsLimit = 8 * 1024 * 1024;       // of the body
inline constexpr std::size_t kPayloadFrame = DocumentId::kSize + 5;  // before each

// REQUIRES: each payload has 1 to kSmallPayload bytes.
Bytes encode_payloads(std::span<const SmallPayload> payloads);

// Throws Error(malformed) if the body is empty or ends within a payload, or one has no known role,
// no byte or too many, or two have the same document and role.
std::vector<SmallPayload> parse_payloads(base::ByteView body);

}  // namespace kluis::api
