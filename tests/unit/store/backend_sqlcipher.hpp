// A database and a folder of blobs of its own.
#pragma once

#include <kluis/crypto/random.hpp>

#include <store/files/file_blob_store.hpp>
#include <store/sqlcipher/sqlcipher_store.hpp>
#include <support/temporary_folder.hpp>

namespace kluis::test {

class Backend {
  public:
    Backend() {
        store::SqlcipherStore::make(database(), key_);
        reopen();
    }

    store::Store& store() { return *store_; }
    store::BlobStore& blobs() { return *blobs_; }
    std::filesystem::path database() const { return folder_ / "vault.db"; }
    std::filesystem::path payloads() const { return folder_ / "payloads"; }
    const store::DatabaseKey& key() const { return key_; }

    void close() {
        store_.reset();
        blobs_.reset();
    }
    void reopen() {
        close();
        blobs_ = std::make_unique<store::FileBlobStore>(payloads());
        store_ = std::make_unique<store::SqlcipherStore>(database(), key_, *blobs_);
    }

  private:
    TemporaryFolder folder_;
    store::DatabaseKey key_ = crypto::random_secret<store::DatabaseKey>();
    std::unique_ptr<store::FileBlobStore> blobs_;
    std::unique_ptr<store::SqlcipherStore> store_;
};

}  // namespace kluis::test
