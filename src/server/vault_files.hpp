// A vault on disk: DIR/vault.db and DIR/blobs/.
//
// Thread-safety: one thread at a time; what is opened is as Store and BlobStore.
#pragma once

#include <kluis/base/file.hpp>

#include <store/files/file_blob_store.hpp>
#include <store/sqlcipher/sqlcipher_store.hpp>

#include <filesystem>
#include <functional>
#include <memory>

namespace kluis::server {

struct Vault {
    std::unique_ptr<store::FileBlobStore> blobs;
    std::unique_ptr<store::Store> store;
};

// Makes an empty vault in `folder`, which is made too (0700). Asks for the key when nothing else
// speaks against it and before it makes anything: without a key, nothing is left behind. Throws
// Error(conflict) if there is a vault or anything else in the folder, but for what an unfinished
// call has left; Error(denied) if the folder is not the caller's alone.
void make_vault(const std::filesystem::path& folder,
                const std::function<store::DatabaseKey()>& key);

// Throws Error(not_found) if there is none, Error(wrong_key) if the key is not its, and
// Error(malformed) if the database is empty, somebody else's or of another version: nothing is
// changed then.
Vault open_vault(const std::filesystem::path& folder, const store::DatabaseKey& key);

// Held while a vault is served: challenges, throttles and records of reads are one process's own.
// Throws Error(conflict) if another process holds it.
base::Descriptor lock_to_serve(const std::filesystem::path& folder);

}  // namespace kluis::server
