// A server that is told many wrong logins by others.
#include <attacks/scene.hpp>
#include <client/account.hpp>
#include <doctest/doctest.h>

using namespace kluis;
using test::code_of;
using test::Scene;

TEST_CASE("a device opens its account although others have used up the tries of its handle") {
    Scene scene;
    const auto environment = scene.environment("owner");
    const auto passphrase = account::Passphrase::generate();
    client::create_account(environment, test::kOrigin, scene.vault.invitation(), passphrase);
    const auto handle = environment.home.account()->handle;
    const test::Person stranger("stranger");
    const auto guess = [&] {
        return code_of([&] {
            return scene.vault.service.login(scene.vault.login(handle, stranger.signer()));
        });
    };
    while (guess() != "too-many-requests") {
    }
    CHECK(client::Client::open(environment, passphrase).account()->handle == handle);
}
