#include <kluis/base/encoding.hpp>
#include <kluis/base/json.hpp>

#include <client/home.hpp>
#include <fcntl.h>
#include <sys/file.h>

#include <cerrno>
#include <cstdlib>

namespace kluis::client {

namespace {

using base::Error;
using base::ErrorKind;

constexpr const char* kAccountFile = "account.json";
constexpr std::size_t kAccountFileLimit = 16 * 1024;
constexpr const char* kHeadsFile = "heads";
constexpr std::size_t kHeadsFileLimit = 16 * 1024 * 1024;
constexpr const char* kLockFile = "lock";

[[noreturn]] void throw_no_folder(const std::error_code& error) {
    throw Error(ErrorKind::storage, "cannot make the folder for local state: " + error.message());
}

}  // namespace

Home Home::of_environment() {
    const auto set = [](const char* name) -> const char* {
        const char* value = std::getenv(name);
        return value != nullptr && *value != '\0' ? value : nullptr;
    };
    if (const char* home = set("KLUIS_HOME")) {
        return Home(home);
    }
    if (const char* data = set("XDG_DATA_HOME")) {
        return Home(std::filesystem::path(data) / "kluis");
    }
    if (const char* home = set("HOME")) {
        return Home(std::filesystem::path(home) / ".local/share/kluis");
    }
    throw Error(ErrorKind::usage, "no folder for local state", "set KLUIS_HOME");
}

std::optional<base::Bytes> Home::read(const char* name, std::size_t most) const {
    try {
        return base::read_file(folder_ / name, most);
    } catch (const Error& error) {
        if (error.kind() == ErrorKind::not_found) {
            return std::nullopt;
        }
        throw;
    }
}

// A folder that is there already is whose it is: its permissions are left alone. New ones are on
// disk before anything in them is said to be.
void Home::make_folder() const {
    std::error_code error;
    const auto folder = std::filesystem::absolute(folder_, error);
    if (error) {
        throw_no_folder(error);
    }
    auto existing = folder;
    while (!std::filesystem::exists(existing, error) && existing.has_relative_path()) {
        existing = existing.parent_path();
    }
    const bool made = std::filesystem::create_directories(folder, error);
    if (made && !error) {
        std::filesystem::permissions(folder, std::filesystem::perms::owner_all, error);
    }
    if (error) {
        throw_no_folder(error);
    }
    for (auto parent = folder; made && parent != existing; parent = parent.parent_path()) {
        base::sync_folder(parent.parent_path());
    }
}

base::Descriptor Home::lock() const {
    make_folder();
    base::Descriptor file(
        ::open((folder_ / kLockFile).c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
    while (!file || ::flock(file.get(), LOCK_EX) != 0) {
        if (!file || errno != EINTR) {
            throw Error(ErrorKind::storage, "cannot lock the folder for local state: " +
                                                std::generic_category().message(errno));
        }
    }
    return file;
}

std::unique_ptr<base::AtomicFile> Home::prepare(const char* name, base::ByteView bytes) const {
    make_folder();
    auto file = std::make_unique<base::AtomicFile>(folder_ / name, base::FileMode::owner_only,
                                                   base::Replace::yes);
    file->write(bytes);
    return file;
}

std::optional<LocalAccount> Home::account() const {
    const auto bytes = read(kAccountFile, kAccountFileLimit);
    if (!bytes) {
        return std::nullopt;
    }
    const auto json = base::parse_json(*bytes, kAccountFile);
    base::JsonMembers members(json, kAccountFile);
    LocalAccount account;
    account.server = members.string("server");
    account.handle = statement::parse_handle(members.string("handle"));
    account.fingerprint =
        statement::parse_id<statement::Fingerprint>(members.string("fingerprint"));
    account.sealed_secret = base::base64_decode(members.string("secret"), "the sealed secret");
    account.keyring_revision = members.integer("keyring");
    if (account.keyring_revision > 0) {
        account.keyring_sha256 = base::from_hex<crypto::Digest>(members.string("keyring_sha256"),
                                                                "the keyring's digest");
    }
    if (const auto* unconfirmed = members.optional("unconfirmed")) {
        account.unconfirmed = unconfirmed->boolean("unconfirmed");
        if (!account.unconfirmed) {
            throw Error(ErrorKind::malformed, "account.json has an 'unconfirmed' of false");
        }
    }
    members.finish();
    return account;
}

std::unique_ptr<base::AtomicFile> Home::prepare(const LocalAccount& account) const {
    base::Json json{{"server", account.server},
                    {"handle", account.handle.text},
                    {"fingerprint", statement::to_text(account.fingerprint)},
                    {"secret", base::base64_encode(account.sealed_secret)},
                    {"keyring", account.keyring_revision}};
    if (account.keyring_sha256) {
        json["keyring_sha256"] = base::hex_encode(*account.keyring_sha256);
    }
    if (account.unconfirmed) {
        json["unconfirmed"] = true;
    }
    return prepare(kAccountFile,
                   base::as_bytes(base::canonical_json(json, base::JsonText::utf8) + "\n"));
}

void Home::save(const LocalAccount& account) const {
    prepare(account)->commit();
}

void Home::remove_account() const {
    std::error_code error;
    std::filesystem::remove(folder_ / kAccountFile, error);
    if (error) {
        throw Error(ErrorKind::storage, "cannot remove the account file: " + error.message());
    }
    base::sync_folder(folder_);
}

std::optional<base::Bytes> Home::heads() const {
    return read(kHeadsFile, kHeadsFileLimit);
}

std::filesystem::path Home::heads_file() const {
    return folder_ / kHeadsFile;
}

void Home::save_heads(base::ByteView sealed) const {
    prepare(kHeadsFile, sealed)->commit();
}

}  // namespace kluis::client
