// Receiving one payload: into memory if it becomes a row, else into a blob, hashed on the way.
//
// Thread-safety: one thread at a time.
#pragma once

#include <api/service.hpp>
#include <store/store.hpp>

namespace kluis::server {

enum class Beginning {
    any,
    one_stanza,  // an age file whose header has exactly one X25519 stanza
};

struct UploadPlan {
    std::uint64_t size = 0;
    Beginning beginning = Beginning::any;
    // Keeps the payload, durably. What it does not keep (it throws) is removed again.
    std::function<void(store::StoredPayload)> keep;
    // Released when the upload is over, however it ends.
    std::shared_ptr<void> slot;
};

// Throws refusal("header-refused") unless `stored` begins as Beginning::one_stanza says.
void require_one_stanza(base::ByteView stored);

// `blobs` must outlive the result.
std::unique_ptr<api::Upload> receive_payload(store::BlobStore& blobs, UploadPlan plan);

}  // namespace kluis::server
