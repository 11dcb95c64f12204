// Reading stored payloads, wherever they are.
//
// Thread-safety: pure functions.
#pragma once

#include <store/store.hpp>

namespace kluis::store {

// The whole of a small payload (metadata, a word). Throws Error(storage) if its blob is gone.
Bytes payload_bytes(const StoredPayload& payload, const BlobStore& blobs);

// Whether the payload is there with its size and, if `deep`, its digest.
bool is_whole(const StoredPayload& payload, const BlobStore& blobs, bool deep);

}  // namespace kluis::store
