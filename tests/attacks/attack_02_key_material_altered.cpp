// Attack 2: the server gives back the keyring or the sealed secret with bytes of its own.
#include "scene.hpp"

#include <client/account.hpp>
#include <doctest/doctest.h>

namespace kluis::test {

using base::ErrorKind;

namespace {

const std::vector<std::string> kUpToTheKeyring{"challenge", "login", "status", "keyring", "logout"};
const std::vector<std::string> kUpToTheAccount{"challenge", "login", "status", "logout"};

}  // namespace

TEST_CASE("a keyring altered in any range is refused, and what is sent then is always the same") {
    Scene scene;
    scene.join("owner");
    std::size_t size = 0;
    {
        auto owner = scene.open("owner");
        Scene::pin(owner, "lawyer");
        size = scene.vault.service.keyring(owner.session()).sealed.size();
    }
    const auto local = scene.environment("owner").home.account();
    // Nonce, text and tag: one bit of each byte.
    for (std::size_t place = 0; place < size; ++place) {
        CAPTURE(place);
        scene.server.mischief.keyring = [&](api::KeyringReply& reply) {
            reply.sealed[place] ^= static_cast<std::uint8_t>(1U << place % 8);
        };
        scene.server.forget();
        CHECK(refuses(ErrorKind::forged, [&] { return scene.open("owner"); }));
        CHECK(scene.server.calls() == kUpToTheKeyring);
    }
    // An eighth at a time overwritten, with zeros and with what stands elsewhere.
    for (std::size_t range = 0; range < 8; ++range) {
        for (const bool zeros : {true, false}) {
            CAPTURE(range);
            CAPTURE(zeros);
            scene.server.mischief.keyring = [&](api::KeyringReply& reply) {
                const auto from = base::Bytes(reply.sealed);
                for (std::size_t i = range * size / 8; i < (range + 1) * size / 8; ++i) {
                    reply.sealed[i] = zeros ? 0 : from[(i + size / 2) % size];
                }
            };
            scene.server.forget();
            CHECK(refuses(ErrorKind::forged, [&] { return scene.open("owner"); }));
            CHECK(scene.server.calls() == kUpToTheKeyring);
        }
    }
    for (const std::size_t kept : {std::size_t{0}, std::size_t{39}, size - 1}) {
        CAPTURE(kept);
        scene.server.mischief.keyring = [&](api::KeyringReply& reply) {
            reply.sealed.resize(kept);
        };
        scene.server.forget();
        CHECK(refuses(ErrorKind::forged, [&] { return scene.open("owner"); }));
        CHECK(scene.server.calls() == kUpToTheKeyring);
    }
    scene.server.mischief = {};
    CHECK(scene.open("owner").keyring().cards.contains(Scene::fingerprint("lawyer")));
    CHECK(scene.environment("owner").home.account()->keyring_revision == local->keyring_revision);
}

TEST_CASE("a keyring of another person, or of another revision, is refused") {
    Scene scene;
    scene.join("owner");
    auto other = scene.join_and_open("other");
    scene.open("owner");
    const auto foreign = scene.vault.service.keyring(other.session());
    scene.server.mischief.keyring = [&](api::KeyringReply& reply) { reply = foreign; };
    CHECK(refuses(ErrorKind::forged, [&] { return scene.open("owner"); }));
    scene.server.mischief.keyring = [](api::KeyringReply& reply) { ++reply.revision; };
    CHECK(refuses(ErrorKind::forged, [&] { return scene.open("owner"); }));
}

TEST_CASE("an altered account is refused before the keyring is asked for, and nothing is kept") {
    Scene scene;
    scene.join("owner");
    scene.open("owner");
    const auto home = scene.environment("owner").home;
    const auto local = home.account();
    using Alter = std::function<void(api::AccountReply&)>;
    const std::vector<Alter> alterations{
        [](api::AccountReply& account) { account.sealed_secret.front() ^= 1; },
        [](api::AccountReply& account) { account.sealed_secret[40] ^= 1; },
        [](api::AccountReply& account) { account.sealed_secret.back() ^= 1; },
        [](api::AccountReply& account) { account.sealed_secret.clear(); },
        [](api::AccountReply& account) { account.card = Scene::card("the server itself"); },
        // The handle is the passphrase's salt.
        [](api::AccountReply& account) { account.handle = statement::random_handle(); },
        // Credentials of the server's own making, with a login key that it knows.
        [&](api::AccountReply& account) {
            account.sealed_secret = base::Bytes(72, 2);
            auto credentials = statement::parse_credentials(account.credentials);
            credentials.secret = crypto::sha256(account.sealed_secret);
            account.credentials = statement::sign_credentials(
                credentials, account::signer(Scene::secret("the server itself")));
        },
    };
    for (std::size_t i = 0; i < alterations.size(); ++i) {
        CAPTURE(i);
        scene.server.mischief.login = [&](api::LoginReply& reply) {
            alterations[i](reply.account.value());
        };
        scene.server.forget();
        CHECK(refuses(ErrorKind::forged, [&] { return scene.open("owner"); }));
        CHECK(scene.server.calls() == kUpToTheAccount);
        CHECK(home.account()->sealed_secret == local->sealed_secret);
        CHECK(home.account()->handle == local->handle);
    }
}

TEST_CASE("a device on which an account is brought back takes no handle from the server") {
    Scene scene;
    scene.join("owner");
    scene.server.mischief.login = [](api::LoginReply& reply) {
        reply.account->handle = statement::random_handle();
    };
    scene.server.forget();
    const auto fresh = scene.environment("a fresh device");
    const auto passphrase = account::Passphrase::generate();
    CHECK(refuses(ErrorKind::forged, [&] {
        return client::recover_account(fresh, kOrigin, Scene::secret("owner"), passphrase);
    }));
    CHECK(scene.server.calls() == kUpToTheAccount);
    CHECK_FALSE(fresh.home.account());
}

}  // namespace kluis::test
