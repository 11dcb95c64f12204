// What could keep a person out of their own account.
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

TEST_CASE("a passphrase that counts is this device's, whatever fails after it was replaced") {
    Scene scene;
    scene.join("owner");
    const auto passphrase = account::Passphrase::generate();
    const auto fresh = scene.environment("a fresh device");
    scene.server.mischief.put_keyring = [&] {
        if (scene.server.count("replace_credentials") > 0) {
            throw base::Error(base::ErrorKind::limit, "no more today");
        }
    };
    scene.server.forget();
    CHECK(test::refuses(base::ErrorKind::limit, [&] {
        return client::recover_account(fresh, test::kOrigin, Scene::secret("owner"), passphrase);
    }));
    scene.server.mischief = {};
    CHECK(client::Client::open(fresh, passphrase).me() == Scene::fingerprint("owner"));
}
