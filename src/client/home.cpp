#include <kluis/base/encoding.hpp>
#include <kluis/base/file.hpp>
#include <kluis/base/json.hpp>

#include <client/home.hpp>

#include <cstdlib>

namespace kluis::client {

namespace {

using base::Error;
using base::ErrorKind;

constexpr std::size_t kAccountFileLimit = 16 * 1024;

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

std::optional<LocalAccount> Home::account() const {
    base::Bytes bytes;
    try {
        bytes = base::read_file(folder_ / "account.json", kAccountFileLimit);
    } catch (const Error& error) {
        if (error.kind() == ErrorKind::not_found) {
            return std::nullopt;
        }
        throw;
    }
    const auto json = base::parse_json(bytes, "account.json");
    base::JsonMembers members(json, "account.json");
    LocalAccount account;
    account.server = members.string("server");
    account.handle = statement::parse_handle(members.string("handle"));
    account.fingerprint =
        statement::parse_id<statement::Fingerprint>(members.string("fingerprint"));
    account.sealed_secret = base::base64_decode(members.string("secret"), "the sealed secret");
    account.keyring_revision = members.integer("keyring");
    members.finish();
    return account;
}

void Home::save(const LocalAccount& account) const {
    std::filesystem::create_directories(folder_);
    std::filesystem::permissions(folder_, std::filesystem::perms::owner_all);
    const base::Json json{{"server", account.server},
                          {"handle", account.handle.text},
                          {"fingerprint", statement::to_text(account.fingerprint)},
                          {"secret", base::base64_encode(account.sealed_secret)},
                          {"keyring", account.keyring_revision}};
    const auto text = base::canonical_json(json, base::JsonText::utf8) + "\n";
    base::write_file(folder_ / "account.json", base::as_bytes(text), base::FileMode::owner_only,
                     base::Replace::yes);
}

}  // namespace kluis::client
