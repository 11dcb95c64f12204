#include <kluis/base/error.hpp>

#include <server/vault_files.hpp>

namespace kluis::server {

namespace {

using base::Error;
using base::ErrorKind;
namespace fs = std::filesystem;

fs::path database(const fs::path& folder) {
    return folder / "vault.db";
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
    const store::SqlcipherStore made(database(folder), key, blobs);
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
