// A vault on disk: DIR/vault.db and DIR/blobs/.
//
// Thread-safety: one thread at a time; what is opened is as Store and BlobStore.
#pragma once

#include <store/files/file_blob_store.hpp>
#include <store/sqlcipher/sqlcipher_store.hpp>

#include <filesystem>
#include <memory>

namespace kluis::server {

struct Vault {
    std::unique_ptr<store::FileBlobStore> blobs;
    std::unique_ptr<store::Store> store;
};

// Makes an empty vault in `folder` (0700), which is made too. Throws Error(conflict) if there is
// one.
void make_vault(const std::filesystem::path& folder, const store::DatabaseKey& key);

// Throws Error(not_found) if there is none, Error(wrong_key) if the key is not its.
Vault open_vault(const std::filesystem::path& folder, const store::DatabaseKey& key);

}  // namespace kluis::server
