// Payloads too large for a row: whole files that are written once, read at any place, and removed.
//
// What a BlobStore keeps is ciphertext; it knows no owner and no meaning. Implementations: files/
// (a directory), memory/. All pass tests/unit/store/blob_conformance.hpp.
//
// Thread-safety: a BlobStore may be shared; each Blob and BlobUpload is used by one thread at a
// time.
#pragma once

#include <kluis/base/error.hpp>
#include <kluis/base/stream.hpp>

#include <functional>
#include <memory>
#include <vector>

namespace kluis::store {

struct BlobIdTag {
    static constexpr const char* kName = "blob id";
};
// Random: says nothing of content, document or owner.
using BlobId = base::FixedBytes<BlobIdTag, 16>;

// A blob being written. Without `finish` nothing of it remains.
class BlobUpload : public base::Writer {
  public:
    // The blob is whole and on disk under its name when this returns. REQUIRES: called once, last.
    virtual BlobId finish() = 0;
};

class Blob {
  public:
    virtual ~Blob() = default;
    virtual std::uint64_t size() const = 0;
    // As pread(2): reads at `offset` until `out` is full or the end; returns the number of bytes.
    virtual std::size_t read_at(std::uint64_t offset, base::MutableBytes out) const = 0;
};

class BlobStore {
  public:
    virtual ~BlobStore() = default;

    // Throws Error(storage) when the disk is full.
    virtual std::unique_ptr<BlobUpload> create() = 0;
    // Null if there is no such blob. An open blob stays readable after `remove`.
    virtual std::unique_ptr<Blob> open(const BlobId& id) const = 0;
    // Removes what it can, durably; what is not there is no error. Returns those that are left.
    virtual std::vector<BlobId> remove_all(const std::vector<BlobId>& ids) = 0;
    // Throws Error(storage) if it is left.
    void remove(const BlobId& id) {
        if (!remove_all({id}).empty()) {
            throw base::Error(base::ErrorKind::storage, "a stored payload cannot be removed");
        }
    }
    // Calls `visit` for each whole blob that no upload can still be about to name in a row: where
    // uploads may be under way, those finished a day ago or more. Also removes what unfinished
    // uploads left behind. `visit` may remove the blob.
    virtual void sweep(const std::function<void(const BlobId&)>& visit) = 0;
};

}  // namespace kluis::store
