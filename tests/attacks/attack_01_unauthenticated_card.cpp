// Attack 1: the server answers with a card of its own for the one that was asked for.
#include "scene.hpp"

#include <doctest/doctest.h>

namespace kluis::test {

using base::ErrorKind;

TEST_CASE("a server that answers with its own card for a fingerprint is refused") {
    Scene scene;
    auto owner = scene.join_and_open("owner");
    scene.join("lawyer");
    scene.join("the server itself");
    const auto asked = statement::to_text(Scene::fingerprint("lawyer"));
    const auto before = owner.keyring();
    CHECK(client::load_card(owner, asked) == Scene::card("lawyer"));

    scene.server.mischief.card = [](api::Card& card) { card = Scene::card("the server itself"); };
    for (const std::string& text : {asked, kOrigin + "/#card=" + asked}) {
        scene.server.forget();
        const auto error = refusal([&] { return client::load_card(owner, text); });
        REQUIRE(error);
        CHECK(error->kind() == ErrorKind::forged);
        CHECK(scene.server.calls() == std::vector<std::string>{"card"});
    }
    CHECK(owner.keyring() == before);
}

TEST_CASE("a card with the right key to sign and another to read is refused") {
    Scene scene;
    auto owner = scene.join_and_open("owner");
    scene.join("lawyer");
    scene.server.mischief.card = [](api::Card& card) {
        card.recipient = Scene::card("the server itself").recipient;
    };
    CHECK(refuses(ErrorKind::forged, [&] {
        return client::load_card(owner, statement::to_text(Scene::fingerprint("lawyer")));
    }));
}

TEST_CASE("nothing is granted to a card that was not compared, nor is it allowed to deposit") {
    OwnerScene scene;
    scene.join("lawyer");
    scene.server.forget();
    const auto lawyer = Scene::fingerprint("lawyer");
    CHECK(refuses(ErrorKind::untrusted, [&] {
        client::grant(scene.owner, scene.id, {scene.letter}, lawyer, std::nullopt);
        return 0;
    }));
    CHECK(refuses(ErrorKind::untrusted, [&] {
        client::allow_depositor(scene.owner, scene.id, lawyer, std::nullopt, std::nullopt);
        return 0;
    }));
    CHECK(scene.server.calls().empty());
}

TEST_CASE("a grant goes to the card that was compared, whatever card the server now answers with") {
    OwnerScene scene;
    auto lawyer = scene.join_and_open("lawyer");
    Scene::pin(scene.owner, "lawyer");
    scene.server.mischief.card = [](api::Card& card) { card = Scene::card("the server itself"); };
    scene.server.forget();
    client::grant(scene.owner, scene.id, {scene.letter}, lawyer.me(), std::nullopt);
    CHECK(scene.server.count("card") == 0);
    const auto granted = client::fetch_granted(lawyer, scene.id);
    CHECK(granted.documents.contains(scene.letter));
    CHECK(granted.documents.size() == 1);
    CHECK(granted.alarms.empty());
}

}  // namespace kluis::test
