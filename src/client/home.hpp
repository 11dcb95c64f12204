// A person's local state: one folder, in which nothing is unlocked. It holds where the account is,
// the sealed secret, which keyring this device has seen last, and, sealed, the heads that it has
// seen.
//
// Thread-safety: one thread at a time; two processes may share a folder: files are replaced whole,
// and whoever changes one that another process may have changed holds the lock from reading to
// writing.
#pragma once

#include <kluis/base/file.hpp>
#include <kluis/statement/login.hpp>

#include <filesystem>
#include <memory>
#include <optional>

namespace kluis::client {

struct LocalAccount {
    std::string server;  // origin
    statement::Handle handle;
    statement::Fingerprint fingerprint;
    base::Bytes sealed_secret;
    std::uint64_t keyring_revision = 0;            // the highest seen by this device
    std::optional<crypto::Digest> keyring_sha256;  // of that one, sealed; absent at revision 0
    bool unconfirmed = false;  // whether the server has this account is not known yet
};

class Home {
  public:
    // The folder is made, for its owner only, when something is first written to it.
    explicit Home(std::filesystem::path folder) : folder_(std::move(folder)) {}

    // $KLUIS_HOME, else $XDG_DATA_HOME/kluis, else ~/.local/share/kluis. Throws Error(usage) if
    // none of them is set.
    static Home of_environment();

    // Held until it is closed; waits for the process that has it. Throws Error(storage).
    [[nodiscard]] base::Descriptor lock() const;

    // Nothing if there is no account here yet. Throws Error(malformed) on a damaged file.
    std::optional<LocalAccount> account() const;
    // The account file, written, but without its name: committing it replaces the one before,
    // durably, and needs no more room on the disk. Throws Error(storage).
    std::unique_ptr<base::AtomicFile> prepare(const LocalAccount& account) const;
    // Both in one call.
    void save(const LocalAccount& account) const;
    // Removes the account file, durably. Throws Error(storage).
    void remove_account() const;

    // The sealed heads of SeenHeads; nothing if there are none. Replacing them is durable.
    std::optional<base::Bytes> heads() const;
    void save_heads(base::ByteView sealed) const;
    std::filesystem::path heads_file() const;

    const std::filesystem::path& folder() const { return folder_; }

  private:
    void make_folder() const;
    std::optional<base::Bytes> read(const char* name, std::size_t most) const;
    std::unique_ptr<base::AtomicFile> prepare(const char* name, base::ByteView bytes) const;

    std::filesystem::path folder_;
};

}  // namespace kluis::client
