#include <kluis/base/file.hpp>

#include <server/vault_files.hpp>

namespace kluis::server {

namespace {

using base::Error;
using base::ErrorKind;
namespace fs = std::filesystem;

fs::path database(const fs::path& folder) {
    return folder / "vault.db";
}

fs::path beside(fs::path file, const char* suffix) {
    return file += suffix;
}

// The database with the write-ahead log and index that SQLite keeps beside it.
void remove_database(const fs::path& file) noexcept {
    std::error_code ignored;
    for (const char* suffix : {"-wal", "-shm", ""})
        fs::remove(beside(file, suffix), ignored);
}

// Makes it under another name until it is whole: what a full disk or a kill leaves of it is no
// vault, and the next attempt begins anew.
void make_database(const fs::path& file, const store::DatabaseKey& key, store::BlobStore& blobs) {
    const fs::path begun = beside(file, ".new");
    remove_database(begun);
    try {
        { const store::SqlcipherStore made(begun, key, blobs); }
        // Closing moves the log into the database, and says nothing where that fails.
        if (fs::exists(beside(begun, "-wal"))) {
            throw Error(ErrorKind::storage, "the database could not be written to the end");
        }
        base::rename_new(begun, file);
    } catch (...) {
        remove_database(begun);
        throw;
    }
}

}  // namespace

void make_vault(const fs::path& folder, const store::DatabaseKey& key) {
    if (fs::exists(database(folder))) {
        throw Error(ErrorKind::conflict, "there is a vault in this data directory already");
    }
    std::error_code error;
    fs::create_directories(folder, error);
    if (!error) fs::permissions(folder, fs::perms::owner_all, error);
    if (error)
        throw Error(ErrorKind::storage, "the data directory cannot be made: " + error.message());
    store::FileBlobStore blobs(folder / "blobs");
    make_database(database(folder), key, blobs);
}

Vault open_vault(const fs::path& folder, const store::DatabaseKey& key) {
    if (!fs::exists(database(folder))) {
        throw Error(ErrorKind::not_found, "there is no vault in this data directory",
                    "kluisd init makes one");
    }
    Vault vault;
    vault.blobs = std::make_unique<store::FileBlobStore>(folder / "blobs");
    vault.store = std::make_unique<store::SqlcipherStore>(database(folder), key, *vault.blobs);
    return vault;
}

}  // namespace kluis::server
