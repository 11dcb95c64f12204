// Stored payloads at any place: what downloads and bundles are made of.
//
// Thread-safety: one thread at a time for each object.
#pragma once

#include <kluis/base/stream.hpp>

#include <store/store.hpp>

namespace kluis::server {

// A header and the payload behind it, as one run of bytes.
class StoredFile {
  public:
    StoredFile(base::Bytes header, store::StoredPayload payload)
        : header_(std::move(header)), payload_(std::move(payload)) {}

    std::uint64_t size() const { return header_.size() + payload_.size; }

    // Fills all of `out` from `offset`. Throws Error(storage) if the payload is gone or shorter
    // than its row says. REQUIRES: offset + out.size() <= size().
    void read_at(const store::BlobStore& blobs, std::uint64_t offset, base::MutableBytes out);

    // The digest of what this is: of the header and of the payload's digest.
    void identify(crypto::Sha256& hash) const;

  private:
    void read_payload(const store::BlobStore& blobs, std::uint64_t offset, base::MutableBytes out);

    base::Bytes header_;
    store::StoredPayload payload_;
    std::unique_ptr<store::Blob> blob_;
};

// Bytes [first, first + count) of a file. REQUIRES: they lie in it; `blobs` outlives the result.
std::unique_ptr<base::Reader> read_stored(StoredFile file, const store::BlobStore& blobs,
                                          std::uint64_t first, std::uint64_t count);

}  // namespace kluis::server
