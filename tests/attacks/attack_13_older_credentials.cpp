// Attacks 13 and 31, before an account: the server brings back a passphrase that was given up.
#include "scene.hpp"

#include <doctest/doctest.h>

namespace kluis::test {

using base::ErrorKind;

namespace {

// An owner who replaced the passphrase a day after joining, and what the server had before.
class ReplacedScene : public Scene {
  public:
    ReplacedScene() {
        auto owner = join_and_open("owner");
        before = *owner.account();
        vault.clock.pass(std::chrono::hours(24));
        replace(base::Bytes(72, 2));
    }

    // As another device of the owner's does it.
    void replace(const base::Bytes& sealed) {
        auto owner = open("owner");
        const auto& current = *owner.account();
        const auto login = crypto::Ed25519Signer(crypto::random_secret<crypto::Ed25519Seed>());
        const statement::Credentials credentials{
            owner.me(),         current.handle,
            login.public_key(), crypto::sha256(sealed),
            vault.clock.now(),  statement::payload_hash(current.credentials)};
        vault.service.replace_credentials(
            owner.session(),
            {statement::sign_credentials(credentials, account::signer(secret("owner"))), sealed});
    }

    void show_older() {
        server.mischief.login = [this](api::LoginReply& reply) { reply.account = before; };
    }

    client::LocalAccount local() { return environment("owner").home.account().value(); }

    api::AccountReply before;
};

std::size_t notices(const client::Client& client, client::Notice::Kind kind) {
    return std::size_t(std::ranges::count(client.notices(), kind, &client::Notice::kind));
}

}  // namespace

TEST_CASE("a passphrase that was replaced elsewhere is told of once") {
    ReplacedScene scene;
    CHECK(notices(scene.open("owner"), client::Notice::Kind::credentials_changed) == 1);
    CHECK(notices(scene.open("owner"), client::Notice::Kind::credentials_changed) == 0);
    CHECK(scene.local().sealed_secret == base::Bytes(72, 2));
}

TEST_CASE("older credentials, validly signed, are refused, and this device keeps what it has") {
    ReplacedScene scene;
    scene.open("owner");
    scene.show_older();
    scene.server.forget();
    CHECK(refuses(ErrorKind::forged, [&] { return scene.open("owner"); }));
    CHECK(scene.server.count("put_keyring") == 0);
    CHECK(scene.local().sealed_secret == base::Bytes(72, 2));
    scene.server.mischief.login = nullptr;
    CHECK(scene.open("owner").notices().empty());
}

TEST_CASE("credentials of the same second are taken only if they follow those that were seen") {
    ReplacedScene scene;
    scene.open("owner");
    scene.replace(base::Bytes(72, 3));
    CHECK(notices(scene.open("owner"), client::Notice::Kind::credentials_changed) == 1);
    CHECK(scene.local().sealed_secret == base::Bytes(72, 3));
}

TEST_CASE("forged credentials leave what this device keeps as it was") {
    ReplacedScene scene;
    scene.open("owner");
    const auto keyring = scene.local().keyring_revision;
    scene.server.mischief.login = [](api::LoginReply& reply) {
        reply.account->sealed_secret = base::Bytes(72, 9);
    };
    CHECK(refuses(ErrorKind::forged, [&] { return scene.open("owner"); }));
    CHECK(scene.local().sealed_secret == base::Bytes(72, 2));
    CHECK(scene.local().keyring_revision == keyring);
}

}  // namespace kluis::test
