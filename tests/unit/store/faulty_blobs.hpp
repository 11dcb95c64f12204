// A BlobStore with a hook before each call that changes something.
#pragma once

#include "faulty_vfs.hpp"

#include <store/blob_store.hpp>

namespace kluis::test {

class FaultyBlobs final : public store::BlobStore {
  public:
    FaultyBlobs(store::BlobStore& real, std::function<Fate()> hook)
        : real_(real), hook_(std::move(hook)) {}

    std::unique_ptr<store::BlobUpload> create() override {
        meet();
        return std::make_unique<Upload>(*this, real_.create());
    }
    std::unique_ptr<store::Blob> open(const store::BlobId& id) const override {
        return real_.open(id);
    }
    std::vector<store::BlobId> remove_all(const std::vector<store::BlobId>& ids) override {
        std::vector<store::BlobId> left;
        for (const store::BlobId& id : ids) {
            if (hook_() == Fate::disk_full || !real_.remove_all({id}).empty()) left.push_back(id);
        }
        return left;
    }
    void sweep(const std::function<void(const store::BlobId&)>& visit) override {
        real_.sweep(visit);
    }

  private:
    class Upload final : public store::BlobUpload {
      public:
        Upload(FaultyBlobs& store, std::unique_ptr<store::BlobUpload> real)
            : store_(store), real_(std::move(real)) {}
        void write(base::ByteView bytes) override {
            store_.meet();
            real_->write(bytes);
        }
        store::BlobId finish() override {
            store_.meet();
            const store::BlobId id = real_->finish();
            store_.meet();
            return id;
        }

      private:
        FaultyBlobs& store_;
        std::unique_ptr<store::BlobUpload> real_;
    };

    void meet() const {
        if (hook_() == Fate::disk_full) {
            throw base::Error(base::ErrorKind::storage, "the disk is full");
        }
    }

    store::BlobStore& real_;
    std::function<Fate()> hook_;
};

}  // namespace kluis::test
