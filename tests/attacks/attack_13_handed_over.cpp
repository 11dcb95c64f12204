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

// A dossier of the owner's that went to the owner's new card. Until then it had a worker who may
// deposit, for an hour, and a lawyer who may read and deposit.
class HandedOverScene : public OwnerScene {
  public:
    HandedOverScene()
        : worker(join_and_open("worker")),
          lawyer(join_and_open("lawyer")),
          renewed(join_and_open("renewed")) {
        pin(owner, "worker");
        pin(owner, "lawyer");
        pin(owner, "renewed");
        client::allow_depositor(owner, id, worker.me(), vault.clock.now() + std::chrono::hours(1),
                                std::nullopt);
        client::allow_depositor(owner, id, lawyer.me(), std::nullopt, std::nullopt);
        client::grant(owner, id, {letter}, lawyer.me(), std::nullopt);
        client::pin_dossier(worker, id, "theirs");
        client::pin_dossier(lawyer, id, "theirs");
        client::fetch_deposit_target(worker, id);
        client::fetch_deposit_target(lawyer, id);
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

// With the transfer hidden from now on, `name` deposits nothing, on this device or another.
void check_deposits_nothing(HandedOverScene& scene, client::Client& client,
                            const std::string& name) {
    const auto keyring = client.keyring();
    scene.hide_each<statement::DossierTransfer>();
    CHECK(refuses(ErrorKind::forged,
                  [&] { return Scene::deposit(client, scene.id, "what I know"); }));
    CHECK(scene.server.calls() == std::vector<std::string>{"dossiers", "dossier"});
    CHECK(client.keyring() == keyring);
    // Which has only the keyring.
    auto elsewhere = client::Client::open_by_secret(scene.environment("another device"), kOrigin,
                                                    Scene::secret(name));
    CHECK(refuses(ErrorKind::forged,
                  [&] { return client::fetch_deposit_target(elsewhere, scene.id); }));
    scene.server.mischief = {};
    CHECK_NOTHROW(Scene::deposit(client, scene.id, "what I know"));
}

// Likewise what was granted is not read.
void check_reads_nothing(HandedOverScene& scene, client::Client& client) {
    const auto keyring = client.keyring();
    scene.hide_each<statement::DossierTransfer>();
    CHECK(refuses(ErrorKind::forged,
                  [&] { return client::fetch_granted(client, scene.id).documents.size(); }));
    CHECK(scene.server.calls() == std::vector<std::string>{"dossier"});
    CHECK(client.keyring() == keyring);
}

}  // namespace

TEST_CASE("a depositor who has seen the new owner seals nothing for the former one") {
    HandedOverScene scene;
    CHECK(client::fetch_deposit_target(scene.worker, scene.id).owner == Scene::card("renewed"));
    check_deposits_nothing(scene, scene.worker, "worker");
}

TEST_CASE("a grantee who has seen the new owner takes nothing from the former one") {
    HandedOverScene scene;
    CHECK(client::fetch_granted(scene.lawyer, scene.id).owner == Scene::fingerprint("renewed"));
    check_reads_nothing(scene, scene.lawyer);
}

TEST_CASE("a depositor who has seen the new owner as a reader seals nothing for the former one") {
    HandedOverScene scene;
    CHECK(client::fetch_granted(scene.lawyer, scene.id).owner == Scene::fingerprint("renewed"));
    check_deposits_nothing(scene, scene.lawyer, "lawyer");
}

TEST_CASE("a reader who has seen the new owner as a depositor takes nothing from the former one") {
    HandedOverScene scene;
    CHECK(client::fetch_deposit_target(scene.lawyer, scene.id).owner == Scene::card("renewed"));
    check_reads_nothing(scene, scene.lawyer);
}

TEST_CASE("a depositor who saw the new owner before pinning the dossier is not shown the former") {
    HandedOverScene scene;
    scene.lawyer.change_keyring(
        [&](account::Keyring& keyring) { keyring.dossiers.erase(scene.id); });
    CHECK(client::fetch_granted(scene.lawyer, scene.id).owner == Scene::fingerprint("renewed"));
    client::pin_dossier(scene.lawyer, scene.id, "theirs");
    // From the reader nothing is hidden.
    scene.server.mischief.view = [](Records& records) {
        if (std::get<api::ViewBegin>(records.front()).as == api::ViewAs::depositor) {
            hide<statement::DossierTransfer>(records);
        }
    };
    CHECK(refuses(ErrorKind::forged,
                  [&] { return client::fetch_deposit_target(scene.lawyer, scene.id); }));
    scene.server.mischief = {};
    CHECK(client::fetch_deposit_target(scene.lawyer, scene.id).owner == Scene::card("renewed"));
}

TEST_CASE("what was shown to a depositor who was then refused cannot be hidden either") {
    HandedOverScene scene;
    // Over for the worker's computer, and not yet for the server.
    scene.vault.clock.pass(std::chrono::hours(1) - std::chrono::seconds(20));
    TestClock ahead;
    ahead.pass(std::chrono::hours(1) + std::chrono::seconds(10));
    auto environment = scene.environment("worker");
    environment.clock = &ahead;
    auto late = client::Client::open_by_secret(environment, kOrigin, Scene::secret("worker"));
    CHECK(refuses(ErrorKind::denied, [&] { return client::fetch_deposit_target(late, scene.id); }));
    scene.hide_each<statement::DossierTransfer>();
    CHECK(refuses(ErrorKind::forged, [&] { return client::fetch_deposit_target(late, scene.id); }));
}

TEST_CASE("a former owner may read and deposit, and get the dossier back") {
    HandedOverScene scene;
    Scene::pin(scene.renewed, "owner");
    client::OwnerView::fetch(scene.renewed, scene.id);
    client::allow_depositor(scene.renewed, scene.id, scene.owner.me(), std::nullopt, std::nullopt);
    client::grant(scene.renewed, scene.id, {scene.letter}, scene.owner.me(), std::nullopt);
    CHECK(client::fetch_granted(scene.owner, scene.id).owner == Scene::fingerprint("renewed"));
    CHECK(client::fetch_deposit_target(scene.owner, scene.id).owner == Scene::card("renewed"));
    CHECK(client::fetch_granted(scene.lawyer, scene.id).owner == Scene::fingerprint("renewed"));
    const auto consent = client::make_consent(scene.owner, scene.id, scene.renewed.me());
    client::transfer_dossier(scene.renewed, scene.id, consent);
    CHECK(client::OwnerView::fetch(scene.owner, scene.id).alarms().empty());
    CHECK(client::fetch_deposit_target(scene.lawyer, scene.id).owner == Scene::card("owner"));
    CHECK(client::fetch_granted(scene.lawyer, scene.id).owner == Scene::fingerprint("owner"));
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
