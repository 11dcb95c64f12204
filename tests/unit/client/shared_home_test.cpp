// Two programs of one person at once, in one folder: neither makes the device forget what the other
// has seen.
#include <kluis/base/file.hpp>

#include <attacks/scene.hpp>
#include <doctest/doctest.h>
#include <sys/file.h>

namespace kluis::test {

using base::ErrorKind;

namespace {

account::SeenHead head_kept(const client::Home& home, const statement::DossierId& id) {
    return client::SeenHeads::load(home, Scene::secret("owner")).of(id).value();
}

}  // namespace

TEST_CASE("a program that knows less of a dossier does not write back what another has seen") {
    OwnerScene scene;
    const auto home = scene.environment("owner").home;
    const auto other_id = client::create_dossier(scene.owner, kJurisdiction, "another");
    client::OwnerView::fetch(scene.owner, other_id);
    client::OwnerView::fetch(scene.owner, scene.id);
    auto beside = scene.open("owner");
    Scene::deposit(beside, scene.id, "report");
    const auto longest = head_kept(home, scene.id);
    // Of another dossier: all heads are in one file.
    Scene::deposit(scene.owner, other_id, "reply");
    CHECK(head_kept(home, scene.id) == longest);
    CHECK(head_kept(home, other_id).length == 2);
    // Of the same, as it was before.
    scene.owner.saw(scene.id, {value_of<statement::Digest>("an earlier end"), 1});
    CHECK(head_kept(home, scene.id) == longest);
    CHECK(scene.owner.keyring().dossiers.at(scene.id).seen->length == longest.length);
}

TEST_CASE("a keyring that another program wrote meanwhile is not forgotten by this device") {
    OwnerScene scene;
    const auto home = scene.environment("owner").home;
    auto beside = scene.open("owner");
    bool written = false;
    scene.server.mischief.keyring = [&](api::KeyringReply&) {
        if (std::exchange(written, true)) return;
        Scene::pin(beside, "lawyer");
    };
    auto late = scene.open("owner");
    const auto revision = scene.vault.service.keyring(scene.owner.session()).revision;
    CHECK(home.account()->keyring_revision == revision);
    CHECK_NOTHROW(scene.open("owner"));
}

TEST_CASE("two programs that change the keyring at once have what both changed") {
    OwnerScene scene;
    const auto home = scene.environment("owner").home;
    auto beside = scene.open("owner");
    bool written = false;
    scene.server.mischief.put_keyring = [&] {
        if (std::exchange(written, true)) return;
        Scene::pin(beside, "friend");
    };
    CHECK_NOTHROW(Scene::pin(scene.owner, "lawyer"));
    CHECK_NOTHROW(Scene::pin(beside, "neighbour"));
    for (const auto* name : {"friend", "lawyer", "neighbour"})
        CHECK(beside.keyring().cards.contains(Scene::fingerprint(name)));
    const auto kept = scene.vault.service.keyring(scene.owner.session());
    CHECK(home.account()->keyring_revision == kept.revision);
    CHECK(home.account()->keyring_sha256 == crypto::sha256(kept.sealed));
}

TEST_CASE("a statement that another program signs while the dossier is read is no alarm") {
    OwnerScene scene;
    const auto home = scene.environment("owner").home;
    client::OwnerView::fetch(scene.owner, scene.id);
    auto beside = scene.open("owner");
    bool deposited = false;
    // What is read is the dossier as it was before.
    scene.server.mischief.view = [&](std::vector<api::ViewRecord>&) {
        if (std::exchange(deposited, true)) return;
        Scene::deposit(beside, scene.id, "report");
    };
    const auto view = client::OwnerView::fetch(scene.owner, scene.id);
    const auto longest = head_kept(home, scene.id);
    CHECK(view.alarms().empty());
    CHECK(view.state().dossier()->length < longest.length);
    // One signs after the other, each on what both have signed.
    Scene::deposit(scene.owner, scene.id, "reply");
    Scene::deposit(beside, scene.id, "answer");
    client::OwnerView::fetch(scene.owner, scene.id);
    CHECK(head_kept(home, scene.id).length == longest.length + 2);
}

TEST_CASE("a folder for local state that a program has locked lets no second one in") {
    OwnerScene scene;
    const auto home = scene.environment("owner").home;
    const auto held = home.lock();
    const auto file = home.folder() / "lock";
    const base::Descriptor again(::open(file.c_str(), O_RDWR | O_CLOEXEC));
    REQUIRE(again);
    CHECK(::flock(again.get(), LOCK_EX | LOCK_NB) != 0);
}

TEST_CASE("a damaged note of what this device has seen names its file, and not the server") {
    OwnerScene scene;
    const auto home = scene.environment("owner").home;
    client::OwnerView::fetch(scene.owner, scene.id);
    for (const auto& bytes : {base::Bytes(), base::Bytes(500, 'x')}) {
        home.save_heads(bytes);
        const auto error = refusal([&] { return scene.open("owner"); });
        REQUIRE(error);
        CHECK(error->kind() == ErrorKind::forged);
        CHECK(std::string(error->what()).find(home.heads_file().string()) != std::string::npos);
        CHECK(std::string(error->what()).find("server") == std::string::npos);
    }
    std::filesystem::remove(home.heads_file());
    CHECK_NOTHROW(scene.open("owner"));
}

}  // namespace kluis::test
