// Attack 13, before those who are given a part of the chain: an owner whose recovery sheet was
// stolen handed the dossier over to a new card, and the server and the thief hide that from those
// who have seen it.
#include "scene.hpp"

#include <client/handover.hpp>
#include <doctest/doctest.h>

namespace kluis::test {

using base::ErrorKind;

namespace {

using Records = std::vector<api::ViewRecord>;

template <class Act>
void hide(Records& records) {
    std::erase_if(records, [](const api::ViewRecord& record) {
        const auto* shown = std::get_if<api::ViewStatement>(&record);
        return shown != nullptr &&
               std::holds_alternative<Act>(statement::parse_statement(shown->envelope.payload).act);
    });
}

// A dossier of the owner's, with a depositor and a grantee, that went to the owner's new card.
class HandedOverScene : public OwnerScene {
  public:
    HandedOverScene()
        : worker(join_and_open("worker")),
          lawyer(join_and_open("lawyer")),
          renewed(join_and_open("renewed")) {
        pin(owner, "worker");
        pin(owner, "lawyer");
        pin(owner, "renewed");
        client::allow_depositor(owner, id, worker.me(), std::nullopt, std::nullopt);
        client::grant(owner, id, {letter}, lawyer.me(), std::nullopt);
        client::pin_dossier(worker, id, "theirs");
        client::fetch_deposit_target(worker, id);
        client::fetch_granted(lawyer, id);
        const auto consent = client::make_consent(renewed, id, owner.me());
        client::transfer_dossier(owner, id, consent);
    }

    template <class Act>
    void hide_each() {
        server.mischief.view = [](Records& records) { hide<Act>(records); };
        server.forget();
    }

    client::Client worker;
    client::Client lawyer;
    client::Client renewed;
};

}  // namespace

TEST_CASE("a depositor who has seen the new owner seals nothing for the former one") {
    HandedOverScene scene;
    CHECK(client::fetch_deposit_target(scene.worker, scene.id).owner == Scene::card("renewed"));
    const auto keyring = scene.worker.keyring();
    scene.hide_each<statement::DossierTransfer>();
    CHECK(refuses(ErrorKind::forged,
                  [&] { return Scene::deposit(scene.worker, scene.id, "what I saw"); }));
    CHECK(scene.server.calls() == std::vector<std::string>{"dossiers", "dossier"});
    CHECK(scene.worker.keyring() == keyring);
    // Nor on another device, which has only the keyring.
    auto elsewhere = client::Client::open_by_secret(scene.environment("another device"), kOrigin,
                                                    Scene::secret("worker"));
    CHECK(refuses(ErrorKind::forged,
                  [&] { return client::fetch_deposit_target(elsewhere, scene.id); }));
    scene.server.mischief = {};
    CHECK_NOTHROW(Scene::deposit(scene.worker, scene.id, "what I saw"));
}

TEST_CASE("a grantee who has seen the new owner takes nothing from the former one") {
    HandedOverScene scene;
    CHECK(client::fetch_granted(scene.lawyer, scene.id).owner == Scene::fingerprint("renewed"));
    const auto keyring = scene.lawyer.keyring();
    scene.hide_each<statement::DossierTransfer>();
    CHECK(refuses(ErrorKind::forged,
                  [&] { return client::fetch_granted(scene.lawyer, scene.id).documents.size(); }));
    CHECK(scene.server.calls() == std::vector<std::string>{"dossier"});
    CHECK(scene.lawyer.keyring() == keyring);
}

TEST_CASE("a depositor refuses a view without the permission that was shown before") {
    HandedOverScene scene;
    client::fetch_deposit_target(scene.worker, scene.id);
    // Ended and given anew; then the server brings back the first.
    Scene::pin(scene.renewed, "worker");
    client::OwnerView::fetch(scene.renewed, scene.id);
    client::remove_depositor(scene.renewed, scene.id, scene.worker.me());
    client::allow_depositor(scene.renewed, scene.id, scene.worker.me(), std::nullopt, 5);
    CHECK(client::fetch_deposit_target(scene.worker, scene.id).permission->count == 5);
    scene.hide_each<statement::DepositorRemove>();
    CHECK(refuses(ErrorKind::forged,
                  [&] { return client::fetch_deposit_target(scene.worker, scene.id); }));
}

TEST_CASE("a transfer that was never shown cannot be missed, and is not promised") {
    HandedOverScene scene;
    scene.hide_each<statement::DossierTransfer>();
    CHECK(client::fetch_deposit_target(scene.worker, scene.id).owner == Scene::card("owner"));
}

}  // namespace kluis::test
