// Attack 13, the whole of a dossier: a server says that it was erased, or hides that it was.
#include "scene.hpp"

#include <doctest/doctest.h>

namespace kluis::test {

using base::ErrorKind;

namespace {

// An owner, a lawyer who may read the letter, and a friend who may deposit; all know each other.
class ErasureScene : public OwnerScene {
  public:
    ErasureScene() {
        for (const std::string name : {"lawyer", "friend"})
            pin(owner, name);
        client::grant(owner, id, {letter}, lawyer.me(), std::nullopt);
        client::allow_depositor(owner, id, friendly.me(), std::nullopt, std::nullopt);
        for (auto* other : {&lawyer, &friendly}) {
            pin(*other, "owner");
            client::pin_dossier(*other, id, "theirs");
        }
    }

    // An erasure of this dossier by `name`, as the server would show it.
    void show_erasure_by(const std::string& name, const statement::DossierId& of) {
        statement::Statement said;
        said.dossier = of;
        said.previous = client::OwnerView::fetch(owner, id).state().dossier()->head;
        said.actor = fingerprint(name);
        said.time = vault.clock.now();
        said.salt = crypto::random_value<statement::Salt>();
        said.act = statement::DossierErase{};
        const auto erase = statement::sign(said, account::signer(secret(name)));
        server.mischief.view = [erase](std::vector<api::ViewRecord>& records) {
            auto begin = std::get<api::ViewBegin>(records.front());
            begin.head = erase.hash;
            begin.shown = {};
            begin.erased = erase.envelope;
            records = {begin, api::ViewEnd{begin.head, begin.shown}};
        };
    }

    std::string told(const std::function<void()>& act) {
        const auto error = refusal(act);
        return error ? error->code() : "nothing";
    }

    client::Client lawyer = join_and_open("lawyer");
    client::Client friendly = join_and_open("friend");
};

}  // namespace

TEST_CASE(
    "an erasure signed by a card that an owner has checked, but not their own, is not believed") {
    ErasureScene scene;
    scene.show_erasure_by("lawyer", scene.id);
    CHECK(refuses(ErrorKind::untrusted,
                  [&] { return client::OwnerView::fetch(scene.owner, scene.id); }));
}

TEST_CASE("a grantee and a depositor believe an erasure by the owner whom they saw last, only") {
    ErasureScene scene;
    client::fetch_granted(scene.lawyer, scene.id);
    client::fetch_deposit_target(scene.friendly, scene.id);
    Scene::pin(scene.lawyer, "friend");
    Scene::pin(scene.friendly, "lawyer");
    scene.show_erasure_by("owner", scene.id);
    CHECK(scene.told([&] { client::fetch_granted(scene.lawyer, scene.id); }) == "dossier-erased");
    CHECK(scene.told([&] { client::fetch_deposit_target(scene.friendly, scene.id); }) ==
          "dossier-erased");
    scene.server.mischief.view = nullptr;
    scene.show_erasure_by("friend", scene.id);
    CHECK(refuses(ErrorKind::untrusted,
                  [&] { return client::fetch_granted(scene.lawyer, scene.id); }));
    scene.server.mischief.view = nullptr;
    scene.show_erasure_by("lawyer", scene.id);
    CHECK(refuses(ErrorKind::untrusted,
                  [&] { return client::fetch_deposit_target(scene.friendly, scene.id); }));
}

TEST_CASE("an erasure of another dossier is not taken for one of this") {
    ErasureScene scene;
    const auto other = client::create_dossier(scene.owner, kJurisdiction, "other");
    scene.show_erasure_by("owner", other);
    CHECK(refuses(ErrorKind::forged,
                  [&] { return client::OwnerView::fetch(scene.owner, scene.id); }));
}

TEST_CASE("whoever read or deposited in a dossier is told that its owner erased it") {
    ErasureScene scene;
    client::fetch_granted(scene.lawyer, scene.id);
    client::fetch_deposit_target(scene.friendly, scene.id);
    client::erase_dossier(scene.owner, scene.id);
    CHECK(scene.told([&] { Scene::deposit(scene.friendly, scene.id, "what I saw"); }) ==
          "dossier-erased");
    CHECK(scene.told([&] { client::Library(scene.lawyer).find_document("theirs/letter"); }) ==
          "dossier-erased");
    CHECK(scene.told([&] { client::OwnerView::fetch(scene.owner, scene.id); }) == "dossier-erased");
}

TEST_CASE("a dossier that was never shown to somebody is not said to be erased") {
    ErasureScene scene;
    auto stranger = scene.join_and_open("stranger");
    client::pin_dossier(stranger, scene.id, "theirs");
    CHECK(refuses(ErrorKind::not_found,
                  [&] { return client::fetch_deposit_target(stranger, scene.id); }));
    CHECK(refuses(ErrorKind::not_found,
                  [&] { return client::Library(stranger).find_document("theirs/letter"); }));
}

}  // namespace kluis::test
