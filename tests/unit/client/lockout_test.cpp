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

TEST_CASE("an account of whose making the answer was lost is there") {
    Scene scene;
    const auto environment = scene.environment("owner");
    const auto passphrase = account::Passphrase::generate();
    scene.server.mischief.registered = [] {
        throw base::Error(base::ErrorKind::unavailable, "the line is down");
    };
    const auto create = [&] {
        return client::create_account(environment, test::kOrigin, scene.vault.invitation(),
                                      passphrase);
    };
    CHECK(test::refuses(base::ErrorKind::unavailable, create));
    CHECK(environment.home.account().value().unconfirmed);
    const auto fingerprint = environment.home.account()->fingerprint;
    CHECK(client::Client::open(environment, passphrase).me() == fingerprint);
    CHECK_FALSE(environment.home.account()->unconfirmed);
    CHECK(test::refuses(base::ErrorKind::conflict, create));
    CHECK(environment.home.account()->fingerprint == fingerprint);
}

TEST_CASE("an account that never reached the server gives way to another") {
    Scene scene;
    const auto environment = scene.environment("owner");
    const auto passphrase = account::Passphrase::generate();
    const auto create = [&] {
        return client::create_account(environment, test::kOrigin, scene.vault.invitation(),
                                      passphrase);
    };
    scene.server.mischief.registering = [] {
        throw base::Error(base::ErrorKind::unavailable, "the line is down");
    };
    CHECK(test::refuses(base::ErrorKind::unavailable, create));
    const auto begun = environment.home.account().value().fingerprint;
    CHECK(test::refuses(base::ErrorKind::not_found,
                        [&] { return client::Client::open(environment, passphrase); }));
    CHECK(environment.home.account().value().fingerprint == begun);

    scene.server.mischief.registering = [] {
        throw base::Error(base::ErrorKind::denied, "no").with_code("invitation-refused");
    };
    CHECK(test::refuses(base::ErrorKind::denied, create));
    CHECK(environment.home.account().value().fingerprint == begun);

    scene.server.mischief = {};
    CHECK(create().me() != begun);
    CHECK_FALSE(environment.home.account().value().unconfirmed);
}

TEST_CASE("a refused account leaves nothing on the device") {
    Scene scene;
    const auto environment = scene.environment("owner");
    CHECK(test::refuses(base::ErrorKind::denied, [&] {
        return client::create_account(environment, test::kOrigin,
                                      crypto::random_secret<api::InvitationCode>(),
                                      account::Passphrase::generate());
    }));
    CHECK_FALSE(environment.home.account());
}
