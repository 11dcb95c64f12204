// A computer whose clock is off, and a server whose clock is.
#include <attacks/scene.hpp>
#include <client/seal.hpp>
#include <doctest/doctest.h>

namespace kluis::test {

using base::ErrorKind;

namespace {

// An owner's computer whose clock is `off` from the server's.
class OffScene : public OwnerScene {
  public:
    client::Client open_off(std::chrono::seconds off) {
        here.pass(std::chrono::seconds(vault.clock.now().seconds - here.now().seconds) + off);
        auto environment = this->environment("owner");
        environment.clock = &here;
        return client::Client::open_by_secret(environment, kOrigin, secret("owner"));
    }

    TestClock here;
};

bool tells_of_clock(const client::Client& client) {
    return std::ranges::find(client.notices(), client::Notice::Kind::clock_off,
                             &client::Notice::kind) != client.notices().end();
}

}  // namespace

TEST_CASE("a client whose clock is off takes the server's, says so, and can sign") {
    OffScene scene;
    for (const auto off : {std::chrono::hours(-30), std::chrono::hours(2)}) {
        auto owner = scene.open_off(off);
        CHECK(tells_of_clock(owner));
        CHECK(owner.now() == scene.vault.clock.now());
        CHECK_NOTHROW(Scene::deposit(owner, scene.id, "report"));
    }
}

TEST_CASE("a clock that is off by a minute is left alone") {
    OffScene scene;
    auto owner = scene.open_off(std::chrono::seconds(60));
    CHECK_FALSE(tells_of_clock(owner));
    CHECK(owner.now() == scene.vault.clock.now() + std::chrono::seconds(60));
}

TEST_CASE("what has ended is judged by the later clock, and by none where they are a day apart") {
    OffScene scene;
    const auto server = scene.vault.clock.now();
    CHECK(scene.open_off(std::chrono::hours(5)).agreed_now() == server + std::chrono::hours(5));
    CHECK(scene.open_off(std::chrono::hours(-5)).agreed_now() == server);
    for (const auto off : {std::chrono::hours(25), std::chrono::hours(-25)}) {
        auto owner = scene.open_off(off);
        CHECK(refuses(ErrorKind::untrusted, [&] { return owner.agreed_now(); }));
    }
}

TEST_CASE("a card that is trusted by one of the two clocks alone receives nothing") {
    OffScene scene;
    const auto now = scene.vault.clock.now();
    for (const int hours : {-12, 12}) {
        const auto owner = scene.open_off(std::chrono::hours(hours));
        const auto between = now + std::chrono::hours(hours / 2);
        statement::CardSet set;
        set.jurisdiction = kJurisdiction;
        set.version = 1;
        set.issued = now - std::chrono::hours(24);
        set.end = now + std::chrono::hours(24);
        set.cards = {{Scene::card("ended"), set.issued, between},
                     {Scene::card("coming"), between, std::nullopt},
                     {Scene::card("member"), set.issued, std::nullopt}};
        CHECK(client::trusted_now(owner, set) == std::vector{Scene::card("member")});
    }
}

TEST_CASE("a permission that has ended by one of the two clocks alone is still shown") {
    for (const int hours : {-12, 12}) {
        OffScene scene;
        const auto worker = Scene::fingerprint("worker");
        Scene::pin(scene.owner, "worker");
        client::allow_depositor(scene.owner, scene.id, worker,
                                scene.vault.clock.now() + std::chrono::hours(2), std::nullopt);
        if (hours < 0) scene.vault.clock.pass(std::chrono::hours(3));
        auto owner = scene.open_off(std::chrono::hours(hours));
        // Not pinned any more, so that only a permission that stands gives it.
        owner.change_keyring([](account::Keyring& keyring) { keyring.cards.clear(); });
        client::Library library(owner);
        CHECK(library.find_depositor(scene.id, statement::to_text(worker).substr(0, 8)) == worker);
    }
}

TEST_CASE("a permission that has ended by the later of the two clocks alone is ended for good") {
    OffScene scene;
    const auto worker = Scene::fingerprint("worker");
    Scene::pin(scene.owner, "worker");
    client::allow_depositor(scene.owner, scene.id, worker,
                            scene.vault.clock.now() + std::chrono::hours(2), std::nullopt);
    auto owner = scene.open_off(std::chrono::hours(12));
    client::remove_depositor(owner, scene.id, worker);
    const auto view = client::OwnerView::fetch(owner, scene.id);
    CHECK_FALSE(view.state().permission(worker)->stands_at(scene.vault.clock.now()));
}

}  // namespace kluis::test
