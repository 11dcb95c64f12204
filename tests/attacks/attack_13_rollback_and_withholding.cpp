// Attack 13: an earlier state, or less than all of it, shown to one who has seen more; and a false
// dossier or card set shown to one who has not seen it yet.
#include "scene.hpp"

#include <kluis/base/file.hpp>

#include <doctest/doctest.h>

namespace kluis::test {

using base::ErrorKind;

namespace {

using Records = std::vector<api::ViewRecord>;

// The statements but for the last `count`, as if the head were the one before them.
void cut_chain(Records& records, std::size_t count, const statement::Digest& head) {
    for (; count > 0; --count) {
        const auto last = std::ranges::find_if(records.rbegin(), records.rend(), [](auto& record) {
            return std::holds_alternative<api::ViewStatement>(record);
        });
        records.erase(std::next(last).base());
    }
    std::get<api::ViewBegin>(records.front()).head = head;
    std::get<api::ViewEnd>(records.back()).head = head;
}

}  // namespace

TEST_CASE("yesterday's chain before a device that remembers today's is refused") {
    OwnerScene scene;
    const auto yesterday = scene.true_view(scene.owner, api::ViewAs::owner);
    Scene::deposit(scene.owner, scene.id, "report");
    client::OwnerView::fetch(scene.owner, scene.id);
    const auto keyring = scene.owner.keyring();

    scene.server.mischief.view = [&](Records& records) { records = yesterday; };
    scene.server.forget();
    CHECK(refuses(ErrorKind::forged,
                  [&] { return client::OwnerView::fetch(scene.owner, scene.id); }));
    CHECK(
        refuses(ErrorKind::forged, [&] { return Scene::deposit(scene.owner, scene.id, "reply"); }));
    CHECK(scene.server.calls() == std::vector<std::string>{"dossier", "dossiers", "dossier"});
    CHECK(scene.owner.keyring() == keyring);
}

TEST_CASE("yesterday's chain is refused after logging in anew: the keyring remembers") {
    OwnerScene scene;
    const auto yesterday = scene.true_view(scene.owner, api::ViewAs::owner);
    Scene::deposit(scene.owner, scene.id, "report");
    client::OwnerView::fetch(scene.owner, scene.id);
    scene.server.mischief.view = [&](Records& records) { records = yesterday; };
    auto again = scene.open("owner");
    CHECK(refuses(ErrorKind::forged, [&] { return client::OwnerView::fetch(again, scene.id); }));
}

TEST_CASE("a hidden document is an alarm, and nothing is signed on top of it") {
    OwnerScene scene;
    Scene::pin(scene.owner, "lawyer");
    scene.server.mischief.view = [&](Records& records) {
        std::erase_if(records, [&](const api::ViewRecord& record) {
            const auto* document = std::get_if<api::ViewDocument>(&record);
            return document != nullptr && document->id == scene.photo;
        });
    };
    const auto view = client::OwnerView::fetch(scene.owner, scene.id);
    CHECK(Scene::alarms(view.alarms()) ==
          std::vector<std::string>{"the server withholds a document"});
    CHECK(view.documents().size() == 1);
    scene.server.forget();
    CHECK(refuses(ErrorKind::forged, [&] {
        client::grant(scene.owner, scene.id, {scene.letter}, Scene::fingerprint("lawyer"),
                      std::nullopt);
        return 0;
    }));
    CHECK(scene.server.count("submit") == 0);
}

TEST_CASE("a hidden revocation that was seen before is refused") {
    OwnerScene scene;
    Scene::pin(scene.owner, "lawyer");
    const auto lawyer = Scene::fingerprint("lawyer");
    client::grant(scene.owner, scene.id, {scene.letter}, lawyer, std::nullopt);
    const auto granted = client::OwnerView::fetch(scene.owner, scene.id).state().dossier().value();
    client::revoke(scene.owner, scene.id, {scene.letter}, lawyer);
    client::OwnerView::fetch(scene.owner, scene.id);
    scene.server.mischief.view = [&](Records& records) { cut_chain(records, 1, granted.head); };
    CHECK(refuses(ErrorKind::forged,
                  [&] { return client::OwnerView::fetch(scene.owner, scene.id); }));
}

TEST_CASE("a statement left out of a chain whose head is told is refused") {
    OwnerScene scene;
    const auto head = client::OwnerView::fetch(scene.owner, scene.id).state().dossier()->head;
    scene.server.mischief.view = [&](Records& records) { cut_chain(records, 1, head); };
    CHECK(refuses(ErrorKind::forged,
                  [&] { return client::OwnerView::fetch(scene.owner, scene.id); }));
}

TEST_CASE("an older keyring than this device has seen is refused, and nothing is written over it") {
    OwnerScene scene;
    const auto older = scene.vault.service.keyring(scene.owner.session());
    Scene::pin(scene.owner, "lawyer");
    const auto before = scene.vault.service.keyring(scene.owner.session());
    for (const bool none : {false, true}) {
        scene.server.mischief.keyring = [&](api::KeyringReply& reply) {
            reply = none ? api::KeyringReply{} : older;
        };
        scene.server.forget();
        CHECK(refuses(ErrorKind::forged, [&] { return scene.open("owner"); }));
        CHECK(scene.server.calls() ==
              std::vector<std::string>{"challenge", "login", "status", "keyring", "logout"});
    }
    const auto after = scene.vault.service.keyring(scene.owner.session());
    CHECK(after.revision == before.revision);
    CHECK(after.sealed == before.sealed);
}

TEST_CASE("an older keyring under the number of the newest is refused") {
    OwnerScene scene;
    const auto older = scene.vault.service.keyring(scene.owner.session());
    Scene::pin(scene.owner, "lawyer");
    scene.server.mischief.keyring = [&](api::KeyringReply& reply) { reply.sealed = older.sealed; };
    CHECK(refuses(ErrorKind::forged, [&] { return scene.open("owner"); }));
}

TEST_CASE("nobody deposits in a dossier whose id they have not compared") {
    OwnerScene scene;
    auto friendly = scene.join_and_open("friend");
    scene.server.forget();
    CHECK(refuses(ErrorKind::untrusted,
                  [&] { return client::fetch_deposit_target(friendly, scene.id); }));
    CHECK(refuses(ErrorKind::untrusted,
                  [&] { return Scene::deposit(friendly, scene.id, "what I saw"); }));
    CHECK(scene.server.calls().empty());
}

TEST_CASE("a dossier of another owner under the compared id is refused before anything is sent") {
    OwnerScene scene;
    auto friendly = scene.join_and_open("friend");
    auto server_itself = scene.join_and_open("the server itself");
    const auto false_id = client::create_dossier(server_itself, kJurisdiction, "");
    Scene::pin(server_itself, "friend");
    client::allow_depositor(server_itself, false_id, friendly.me(), std::nullopt, std::nullopt);
    Records false_view;
    scene.vault.service.dossier(
        friendly.session(), false_id, api::ViewAs::depositor, 0,
        [&](api::ViewRecord record) { false_view.push_back(std::move(record)); });
    std::get<api::ViewBegin>(false_view.front()).id = scene.id;

    Scene::pin(scene.owner, "friend");
    client::allow_depositor(scene.owner, scene.id, friendly.me(), std::nullopt, std::nullopt);
    client::pin_dossier(friendly, scene.id, "a friend's");
    CHECK(client::fetch_deposit_target(friendly, scene.id).owner == Scene::card("owner"));
    scene.server.mischief.view = [&](Records& records) { records = false_view; };
    scene.server.forget();
    CHECK(refuses(ErrorKind::forged,
                  [&] { return Scene::deposit(friendly, scene.id, "what I saw"); }));
    CHECK(scene.server.calls() == std::vector<std::string>{"dossiers", "dossier"});
}

TEST_CASE("a card set that no root of the anchors signed, or an older one, is refused") {
    const Person root("root");
    const Person stranger("stranger");
    client::Trust trust;
    trust.anchors.roots.push_back({kJurisdiction, root.signer().public_key(), {0}, std::nullopt});
    statement::CardSet set;
    set.jurisdiction = kJurisdiction;
    set.version = 2;
    set.issued = base::Time{1'800'000'000};
    set.end = base::Time{1'900'000'000};
    set.cards = {{Person("member").card(), set.issued, std::nullopt}};
    TemporaryFolder folder;
    const auto file = folder / "cards.json";
    const auto read = [&](const crypto::Ed25519Signer& signer) {
        base::write_file(file, statement::encode(statement::sign_card_set(set, signer)),
                         base::FileMode::owner_only, base::Replace::yes);
        return client::read_card_set(file, trust);
    };
    CHECK(read(root.signer()) == set);
    CHECK(refuses(ErrorKind::untrusted, [&] { return read(stranger.signer()); }));
    trust.set_versions[statement::root_key_id(root.signer().public_key())] = 3;
    CHECK(refuses(ErrorKind::untrusted, [&] { return read(root.signer()); }));
}

}  // namespace kluis::test
