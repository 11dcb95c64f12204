// Blobs in memory: for tests, and for a server that is to forget all when it ends.
//
// Thread-safety: as BlobStore.
#pragma once

#include <store/blob_store.hpp>

#include <map>
#include <mutex>

namespace kluis::store {

class MemoryBlobStore final : public BlobStore {
  public:
    std::unique_ptr<BlobUpload> create() override;
    std::unique_ptr<Blob> open(const BlobId& id) const override;
    std::vector<BlobId> remove_all(const std::vector<BlobId>& ids) override;
    void sweep(const std::function<void(const BlobId&)>& visit) override;

  private:
    class Upload;

    mutable std::mutex mutex_;
    std::map<BlobId, std::shared_ptr<const base::Bytes>> blobs_;
};

}  // namespace kluis::store
