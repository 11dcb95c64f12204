#include <kluis/base/error.hpp>

#include <fcntl.h>
#include <server/vault_files.hpp>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

namespace kluis::server {

namespace {

using base::Error;
using base::ErrorKind;
namespace fs = std::filesystem;

fs::path database(const fs::path& folder) {
    return folder / "vault.db";
}

fs::path payloads(const fs::path& folder) {
    return folder / "blobs";
}

Error cannot_make(const std::string& why) {
    return Error(ErrorKind::storage, "the data directory cannot be made: " + why);
}

// Whether the entry is what an `init` that was ended in the middle leaves behind.
bool is_unfinished(const fs::path& entry) {
    const std::string name = entry.filename().native();
    if (name == "vault.db.new" || name == "vault.db.new-journal") return true;
    if (name != "blobs" || !fs::is_directory(entry)) return false;
    for (const auto& inner : fs::recursive_directory_iterator(entry)) {
        if (!inner.is_directory()) return false;
    }
    return true;
}

// Whatever else lies in the folder may be somebody's: what is left of another vault, say.
void require_fit(const fs::path& folder) {
    struct stat status {};
    if (::stat(folder.c_str(), &status) != 0 || !S_ISDIR(status.st_mode)) {
        throw cannot_make("it is not a directory");
    }
    if (status.st_uid != ::geteuid() || (status.st_mode & (S_IWGRP | S_IWOTH)) != 0) {
        throw Error(ErrorKind::denied, "others own the data directory or may write to it",
                    "name one that is not there yet: kluisd init makes it");
    }
    for (const auto& entry : fs::directory_iterator(folder)) {
        if (is_unfinished(entry.path())) continue;
        throw Error(ErrorKind::conflict, "the data directory is not empty",
                    "name one that is not there yet: kluisd init makes it");
    }
}

void make_folder(const fs::path& folder) {
    std::error_code error;
    fs::create_directories(folder.parent_path(), error);
    if (::mkdir(folder.c_str(), 0700) == 0) {
        base::sync_folder(folder.parent_path());
    } else if (errno != EEXIST) {
        throw cannot_make(std::generic_category().message(errno));
    }
}

}  // namespace

void make_vault(const fs::path& data, const std::function<store::DatabaseKey()>& key) {
    // Without a trailing slash, of which the parent would be the folder itself.
    fs::path folder = fs::absolute(data).lexically_normal();
    if (!folder.has_filename()) folder = folder.parent_path();
    if (fs::exists(database(folder))) {
        throw Error(ErrorKind::conflict, "there is a vault in this data directory already");
    }
    if (fs::exists(folder)) require_fit(folder);
    const store::DatabaseKey database_key = key();
    make_folder(folder);
    // Once more: it may have come meanwhile.
    require_fit(folder);
    const store::FileBlobStore blobs(payloads(folder));
    store::SqlcipherStore::make(database(folder), database_key);
}

Vault open_vault(const fs::path& folder, const store::DatabaseKey& key) {
    if (!fs::exists(database(folder))) {
        throw Error(ErrorKind::not_found, "there is no vault in this data directory",
                    "kluisd init makes one");
    }
    Vault vault;
    vault.blobs = std::make_unique<store::FileBlobStore>(payloads(folder));
    vault.store = std::make_unique<store::SqlcipherStore>(database(folder), key, *vault.blobs);
    return vault;
}

base::Descriptor lock_to_serve(const fs::path& folder) {
    base::Descriptor lock(::open((folder / "serving").c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0600));
    if (!lock) throw Error(ErrorKind::storage, "the data directory cannot be written to");
    while (::flock(lock.get(), LOCK_EX | LOCK_NB) != 0) {
        if (errno == EINTR) continue;
        throw Error(ErrorKind::conflict, "another kluisd serves this data directory already");
    }
    return lock;
}

}  // namespace kluis::server
