// Which cards are given rights: those whose fingerprint was compared.
#include <kluis/base/file.hpp>

#include <attacks/scene.hpp>
#include <client/cards.hpp>
#include <doctest/doctest.h>

namespace kluis::test {

using base::ErrorKind;

namespace {

// An owner who was given a lawyer's card as a file.
class CardScene : public OwnerScene {
  public:
    CardScene() {
        join("lawyer");
        base::write_file(folder / "lawyer.card",
                         base::as_bytes(statement::card_text(card("lawyer"))),
                         base::FileMode::owner_only, base::Replace::no);
        file = (folder / "lawyer.card").string();
    }

    bool can_grant() {
        return !refuses(ErrorKind::untrusted,
                        [&] { client::grant(owner, id, {letter}, lawyer, std::nullopt); });
    }

    std::string file;
    statement::Fingerprint lawyer = fingerprint("lawyer");
};

}  // namespace

TEST_CASE(
    "a card from a file, or as a text, is given no rights until its fingerprint was compared") {
    CardScene scene;
    CHECK_FALSE(client::add_card(scene.owner, scene.file, "my lawyer").checked);
    CHECK_FALSE(
        client::add_card(scene.owner, statement::card_text(Scene::card("lawyer")), "").checked);
    CHECK_FALSE(scene.can_grant());
    CHECK(refuses(ErrorKind::untrusted, [&] {
        client::allow_depositor(scene.owner, scene.id, scene.lawyer, std::nullopt, std::nullopt);
    }));
    client::verify_card(scene.owner, scene.lawyer, scene.lawyer);
    CHECK(scene.can_grant());
    CHECK(client::add_card(scene.owner, scene.file, "").checked);
    CHECK(scene.owner.keyring().cards.at(scene.lawyer).name == "my lawyer");
}

TEST_CASE("a card from a fingerprint or a link is the one of that fingerprint") {
    CardScene scene;
    CHECK(client::add_card(scene.owner, statement::to_text(scene.lawyer), "").checked);
    CHECK(scene.can_grant());
    CardScene other;
    CHECK(client::add_card(other.owner, kOrigin + "/#card=" + statement::to_text(other.lawyer), "")
              .checked);
}

TEST_CASE("a card that turns out to be another than its holder's is not kept any more") {
    CardScene scene;
    client::add_card(scene.owner, scene.file, "my lawyer");
    CHECK(refuses(ErrorKind::forged, [&] {
        client::verify_card(scene.owner, scene.lawyer, Scene::fingerprint("owner"));
    }));
    CHECK_FALSE(scene.owner.keyring().cards.contains(scene.lawyer));
    CHECK_FALSE(scene.can_grant());
    CHECK(refuses(ErrorKind::not_found,
                  [&] { client::verify_card(scene.owner, scene.lawyer, scene.lawyer); }));
}

TEST_CASE("one mistyped letter does not cost a card that was compared before") {
    CardScene scene;
    client::add_card(scene.owner, scene.file, "my lawyer");
    client::verify_card(scene.owner, scene.lawyer, scene.lawyer);
    const auto before = scene.owner.keyring();
    const auto error = refusal([&] {
        client::verify_card(scene.owner, scene.lawyer, Scene::fingerprint("owner"));
        return 0;
    });
    REQUIRE(error);
    CHECK(error->kind() == ErrorKind::forged);
    CHECK(std::string(error->what()).find("still kept") != std::string::npos);
    CHECK(scene.owner.keyring() == before);
    CHECK(scene.can_grant());
}

TEST_CASE("a card that is removed is given no rights any more, and what it has stands") {
    CardScene scene;
    client::add_card(scene.owner, statement::to_text(scene.lawyer), "my lawyer");
    REQUIRE(scene.can_grant());
    client::remove_card(scene.owner, scene.lawyer);
    CHECK_FALSE(scene.owner.keyring().cards.contains(scene.lawyer));
    CHECK_FALSE(scene.can_grant());
    const auto view = client::OwnerView::fetch(scene.owner, scene.id);
    CHECK(view.state().grant(scene.letter, scene.lawyer));
    CHECK(refuses(ErrorKind::not_found, [&] { client::remove_card(scene.owner, scene.lawyer); }));
}

TEST_CASE("a dossier is not handed over to a card that was not compared") {
    CardScene scene;
    auto lawyer = scene.open("lawyer");
    const auto consent = client::make_consent(lawyer, scene.id, scene.owner.me());
    client::add_card(scene.owner, scene.file, "");
    CHECK(refuses(ErrorKind::untrusted,
                  [&] { client::transfer_dossier(scene.owner, scene.id, consent); }));
    client::verify_card(scene.owner, scene.lawyer, scene.lawyer);
    client::transfer_dossier(scene.owner, scene.id, consent);
    CHECK(scene.owner.keyring().dossiers.at(scene.id).owner == Scene::card("lawyer"));
}

TEST_CASE("one name is not given to two cards") {
    CardScene scene;
    Scene::pin(scene.owner, "friend");
    CHECK(refuses(ErrorKind::untrusted,
                  [&] { return client::add_card(scene.owner, scene.file, "friend"); }));
    CHECK_FALSE(scene.owner.keyring().cards.contains(scene.lawyer));
}

TEST_CASE("a grant by somebody whose card was not compared is one from a stranger") {
    CardScene scene;
    client::add_card(scene.owner, statement::to_text(scene.lawyer), "");
    REQUIRE(scene.can_grant());
    auto lawyer = scene.open("lawyer");
    lawyer.change_keyring([&](account::Keyring& keyring) {
        keyring.cards[scene.owner.me()] = {scene.owner.card(), "", false};
    });
    CHECK_FALSE(client::fetch_granted(lawyer, scene.id).owner_pinned);
    client::verify_card(lawyer, scene.owner.me(), scene.owner.me());
    CHECK(client::fetch_granted(lawyer, scene.id).owner_pinned);
}

}  // namespace kluis::test
