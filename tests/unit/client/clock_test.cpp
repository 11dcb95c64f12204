// A computer whose clock is off, and a server whose clock is.
#include <attacks/scene.hpp>
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

}  // namespace kluis::test
