// Finding one thing by what a person calls it.
#include <kluis/base/file.hpp>

#include <attacks/scene.hpp>
#include <client/cards.hpp>
#include <doctest/doctest.h>

namespace kluis::test {

using base::ErrorKind;

namespace {

std::string beginning(const auto& id) {
    return statement::to_text(id).substr(0, 8);
}

// A dossier in which a worker may deposit and a lawyer reads the letter. It was handed over to a
// child, who knows neither of them.
class HandedOverScene : public OwnerScene {
  public:
    HandedOverScene() {
        for (const char* name : {"worker", "lawyer"}) {
            join(name);
            pin(owner, name);
        }
        client::allow_depositor(owner, id, worker, std::nullopt, std::nullopt);
        client::grant(owner, id, {letter}, lawyer, std::nullopt);
        const auto consent = client::make_consent(child, id, owner.me());
        pin(owner, "child");
        client::transfer_dossier(owner, id, consent);
    }

    client::Client child = join_and_open("child");
    statement::Fingerprint worker = fingerprint("worker");
    statement::Fingerprint lawyer = fingerprint("lawyer");
};

}  // namespace

TEST_CASE("a new owner ends what the former one allowed, by the beginning of a fingerprint") {
    HandedOverScene scene;
    client::Library library(scene.child);
    CHECK(
        refuses(ErrorKind::not_found, [&] { return library.find_card(beginning(scene.worker)); }));
    const auto depositor = library.find_depositor(scene.id, beginning(scene.worker));
    const auto grantee = library.find_grantee(scene.id, {scene.letter}, beginning(scene.lawyer));
    CHECK(depositor == scene.worker);
    CHECK(grantee == scene.lawyer);
    client::remove_depositor(scene.child, scene.id, depositor);
    client::revoke(scene.child, scene.id, {scene.letter}, grantee);
    const auto view = client::OwnerView::fetch(scene.child, scene.id);
    CHECK_FALSE(view.state().grant(scene.letter, scene.lawyer));
    CHECK_FALSE(view.state().permission(scene.worker)->stands_at(scene.child.now()));
}

TEST_CASE("whose access is ended is named by a file, a link or an own name, compared or not") {
    HandedOverScene scene;
    client::Library library(scene.child);
    const auto text = statement::card_text(Scene::card("lawyer"));
    const auto file = (scene.folder / "lawyer.card").string();
    base::write_file(file, base::as_bytes(text), base::FileMode::owner_only, base::Replace::no);
    const auto link = kOrigin + "/#card=" + statement::to_text(scene.lawyer);
    for (const auto& given : {text, file, link}) {
        CAPTURE(given);
        CHECK(refuses(ErrorKind::untrusted, [&] { return library.find_card(given); }));
        CHECK(library.find_grantee(scene.id, {scene.letter}, given) == scene.lawyer);
    }
    REQUIRE_FALSE(client::add_card(scene.child, file, "her lawyer").checked);
    CHECK(library.find_grantee(scene.id, {scene.letter}, "her lawyer") == scene.lawyer);
}

TEST_CASE("only who reads one of the named documents is found among their readers") {
    HandedOverScene scene;
    client::Library library(scene.child);
    CHECK(refuses(ErrorKind::not_found, [&] {
        return library.find_grantee(scene.id, {scene.photo}, beginning(scene.lawyer));
    }));
    CHECK(refuses(ErrorKind::not_found,
                  [&] { return library.find_depositor(scene.id, beginning(scene.lawyer)); }));
}

TEST_CASE("a fingerprint that begins as the own name of another card does not come between") {
    HandedOverScene scene;
    const auto name = beginning(scene.worker);
    scene.child.change_keyring([&](account::Keyring& keyring) {
        keyring.cards[scene.lawyer] = {Scene::card("lawyer"), name, true};
    });
    CHECK(client::Library(scene.child).find_depositor(scene.id, name) == scene.lawyer);
}

TEST_CASE(
    "a stranger's dossier whose id begins as the name of a pinned one does not come between") {
    OwnerScene scene;
    auto eve = scene.join_and_open("eve");
    Scene::pin(eve, "owner");
    const auto hers = client::create_dossier(eve, kJurisdiction, "hers");
    client::grant(eve, hers, {Scene::deposit(eve, hers, "letter")}, scene.owner.me(), std::nullopt);
    CHECK(client::Library(scene.owner).find_visible_dossier(beginning(hers)).id == hers);
    client::pin_dossier(scene.owner, scene.id, beginning(hers));
    CHECK(client::Library(scene.owner).find_visible_dossier(beginning(hers)).id == scene.id);
}

TEST_CASE("a document that is named twice counts once, where it was named first") {
    OwnerScene scene;
    const auto found =
        client::Library(scene.owner)
            .find_own({"photo", "letter", statement::to_text(scene.photo), "letter"});
    CHECK(found.first == scene.id);
    CHECK(found.second == std::vector{scene.photo, scene.letter});
}

TEST_CASE("an empty text names nothing, not even what has no name") {
    Scene scene;
    auto owner = scene.join_and_open("owner");
    client::create_dossier(owner, kJurisdiction, "");
    owner.change_keyring([](account::Keyring& keyring) {
        keyring.cards[Scene::fingerprint("lawyer")] = {Scene::card("lawyer"), "", true};
    });
    client::Library library(owner);
    CHECK(refuses(ErrorKind::not_found, [&] { return library.find_dossier(""); }));
    CHECK(refuses(ErrorKind::not_found, [&] { return library.find_visible_dossier(""); }));
    CHECK(refuses(ErrorKind::not_found, [&] { return library.find_card(""); }));
}

}  // namespace kluis::test
