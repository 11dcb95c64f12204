#include "memory_blob_store.hpp"

#include <kluis/crypto/random.hpp>

namespace kluis::store {

namespace {

class MemoryBlob final : public Blob {
  public:
    explicit MemoryBlob(std::shared_ptr<const base::Bytes> bytes) : bytes_(std::move(bytes)) {}

    std::uint64_t size() const override { return bytes_->size(); }

    std::size_t read_at(std::uint64_t offset, base::MutableBytes out) const override {
        if (offset >= bytes_->size()) return 0;
        const auto rest = base::ByteView(*bytes_).subspan(static_cast<std::size_t>(offset));
        const std::size_t count = std::min(rest.size(), out.size());
        std::copy_n(rest.begin(), count, out.begin());
        return count;
    }

  private:
    std::shared_ptr<const base::Bytes> bytes_;
};

}  // namespace

class MemoryBlobStore::Upload final : public BlobUpload {
  public:
    explicit Upload(MemoryBlobStore& store) : store_(store) {}

    void write(base::ByteView bytes) override { base::append(bytes_, bytes); }

    BlobId finish() override {
        const auto id = crypto::random_value<BlobId>();
        const std::lock_guard lock(store_.mutex_);
        store_.blobs_.emplace(id, std::make_shared<const base::Bytes>(std::move(bytes_)));
        return id;
    }

  private:
    MemoryBlobStore& store_;
    base::Bytes bytes_;
};

std::unique_ptr<BlobUpload> MemoryBlobStore::create() {
    return std::make_unique<Upload>(*this);
}

std::unique_ptr<Blob> MemoryBlobStore::open(const BlobId& id) const {
    const std::lock_guard lock(mutex_);
    const auto found = blobs_.find(id);
    if (found == blobs_.end()) return nullptr;
    return std::make_unique<MemoryBlob>(found->second);
}

std::vector<BlobId> MemoryBlobStore::remove_all(const std::vector<BlobId>& ids) {
    const std::lock_guard lock(mutex_);
    for (const BlobId& id : ids)
        blobs_.erase(id);
    return {};
}

void MemoryBlobStore::sweep(const std::function<void(const BlobId&)>& visit) {
    std::vector<BlobId> ids;
    {
        const std::lock_guard lock(mutex_);
        for (const auto& [id, bytes] : blobs_)
            ids.push_back(id);
    }
    for (const BlobId& id : ids)
        visit(id);
}

}  // namespace kluis::store
