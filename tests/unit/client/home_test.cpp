#include "support/refusal.hpp"
#include "support/temporary_folder.hpp"

#include <kluis/base/file.hpp>

#include <client/home.hpp>
#include <doctest/doctest.h>

using namespace kluis;

namespace {

client::LocalAccount account() {
    client::LocalAccount account;
    account.server = "https://vault.example";
    account.handle = statement::random_handle();
    account.sealed_secret = {1, 2, 3};
    account.keyring_revision = 9;
    account.keyring_sha256 = crypto::sha256(base::as_bytes("the keyring"));
    return account;
}

}  // namespace

TEST_CASE("a device without an account says so by a value") {
    const test::TemporaryFolder folder;
    CHECK_FALSE(client::Home(folder.path() / "none").account());
}

TEST_CASE("sealed heads come back as they were saved; without any, nothing does") {
    const test::TemporaryFolder folder;
    const client::Home home(folder.path() / "home");
    CHECK_FALSE(home.heads());
    home.save_heads(base::Bytes{1, 2, 3});
    CHECK(home.heads() == base::Bytes{1, 2, 3});
}

TEST_CASE("an account comes back as it was saved, in files of its owner alone") {
    const test::TemporaryFolder folder;
    const client::Home home(folder.path() / "home");
    const auto saved = account();
    home.save(saved);
    const auto loaded = home.account();
    REQUIRE(loaded);
    CHECK(loaded->server == saved.server);
    CHECK(loaded->handle == saved.handle);
    CHECK(loaded->sealed_secret == saved.sealed_secret);
    CHECK(loaded->keyring_revision == 9);
    CHECK(loaded->keyring_sha256 == saved.keyring_sha256);
    using std::filesystem::perms;
    const auto of_others = perms::group_all | perms::others_all;
    CHECK((std::filesystem::status(home.folder()).permissions() & of_others) == perms::none);
    CHECK((std::filesystem::status(home.folder() / "account.json").permissions() & of_others) ==
          perms::none);
}

TEST_CASE("an account that is not confirmed says so, and one that is says nothing of it") {
    const test::TemporaryFolder folder;
    const client::Home home(folder.path());
    const auto file = folder.path() / "account.json";
    const auto text = [&] { return base::to_string(base::read_file(file, 4096)); };
    auto saved = account();
    home.save(saved);
    CHECK(text().find("unconfirmed") == std::string::npos);
    CHECK_FALSE(home.account().value().unconfirmed);
    saved.unconfirmed = true;
    home.save(saved);
    CHECK(home.account().value().unconfirmed);
    auto altered = text();
    altered.replace(altered.find("true"), 4, "false");
    base::write_file(file, base::as_bytes(altered), base::FileMode::owner_only, base::Replace::yes);
    CHECK(test::refuses(base::ErrorKind::malformed, [&] { return home.account(); }));
}

TEST_CASE("a damaged account file is refused") {
    const test::TemporaryFolder folder;
    for (const char* text : {"", "{}", "[]", "{\"server\":\"https://vault.example\"}", "x"}) {
        CAPTURE(text);
        base::write_file(folder.path() / "account.json", base::as_bytes(text),
                         base::FileMode::owner_only, base::Replace::yes);
        CHECK(test::refuses(base::ErrorKind::malformed,
                            [&] { return client::Home(folder.path()).account(); }));
    }
}

TEST_CASE("a folder that was there before keeps its permissions") {
    const test::TemporaryFolder folder;
    const auto shared = folder.path() / "shared";
    std::filesystem::create_directory(shared);
    const auto before = std::filesystem::perms::owner_all | std::filesystem::perms::group_read;
    std::filesystem::permissions(shared, before);
    client::Home(shared).save(account());
    CHECK(std::filesystem::status(shared).permissions() == before);
    client::Home(shared / "own").save(account());
    CHECK(std::filesystem::status(shared / "own").permissions() ==
          std::filesystem::perms::owner_all);
}
