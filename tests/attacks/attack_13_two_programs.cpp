// Attack 13, before one person with two programs in one folder: the server gives each what it hides
// from the other.
#include "scene.hpp"

#include <client/author.hpp>
#include <doctest/doctest.h>

namespace kluis::test {

using base::ErrorKind;

namespace {

using Records = std::vector<api::ViewRecord>;

// An owner whose program has the dossier open, with the letter granted, when another in the same
// folder takes the grant back.
class TwoProgramsScene : public OwnerScene {
  public:
    TwoProgramsScene() {
        pin(owner, "lawyer");
        client::grant(owner, id, {letter}, fingerprint("lawyer"), std::nullopt);
        view.emplace(client::OwnerView::fetch(owner, id));
        before = true_view(owner, api::ViewAs::owner);
        auto beside = open("owner");
        client::revoke(beside, id, {letter}, fingerprint("lawyer"));
        revoked = head_kept();
    }

    account::SeenHead head_kept() {
        return client::SeenHeads::load(home, secret("owner")).of(id).value();
    }
    void keep_head(const account::SeenHead& head) {
        client::SeenHeads::note(home, secret("owner"), id, head,
                                [](const account::SeenHead&) { return true; });
    }

    client::Home home = environment("owner").home;
    std::optional<client::OwnerView> view;
    Records before;
    account::SeenHead revoked;
};

}  // namespace

TEST_CASE("a chain without the revocation that a program beside this one has made is refused") {
    TwoProgramsScene scene;
    scene.server.mischief.view = [&](Records& records) { records = scene.before; };
    scene.server.forget();
    CHECK(refuses(ErrorKind::forged,
                  [&] { return client::OwnerView::fetch(scene.owner, scene.id); }));
    CHECK(scene.server.calls() == std::vector<std::string>{"dossier"});
    CHECK(scene.head_kept() == scene.revoked);
    scene.server.mischief = {};
    CHECK_NOTHROW(client::OwnerView::fetch(scene.owner, scene.id));
}

TEST_CASE("what is signed beside a revocation by another program does not take its place") {
    for (const int statements : {1, 2, 3}) {
        CAPTURE(statements);
        TwoProgramsScene scene;
        const auto keyring = scene.owner.keyring();
        const auto dossier = scene.view->state().dossier().value();
        client::Tip tip{scene.id, dossier.head, dossier.length, dossier.last};
        std::vector<client::Draft> drafts;
        for (int i = 0; i < statements; ++i)
            drafts.push_back({statement::DepositorRemove{Scene::fingerprint("friend")}, {}});
        // Where the dossier ended before the revocation.
        scene.server.mischief.swallow_runs = true;
        CHECK(refuses(ErrorKind::forged, [&] {
            return client::Author(scene.owner, tip).submit(std::move(drafts)).size();
        }));
        CHECK(scene.head_kept() == scene.revoked);
        CHECK(scene.owner.keyring() == keyring);
    }
}

TEST_CASE("what another program notes while the chain is read must lie on it") {
    TwoProgramsScene scene;
    const auto first = scene.view->replay().links().front().statement.hash;
    const account::SeenHead own{first, 1};
    const account::SeenHead foreign{value_of<statement::Digest>("another"), 1};
    for (const auto& head : {own, foreign}) {
        auto opened = scene.open("owner");
        scene.server.mischief.view = [&](Records&) {
            std::filesystem::remove(scene.home.heads_file());
            scene.keep_head(head);
        };
        const auto fetch = [&] { return client::OwnerView::fetch(opened, scene.id); };
        if (head == own) {
            CHECK_NOTHROW(fetch());
        } else {
            CHECK(refuses(ErrorKind::forged, fetch));
            CHECK(scene.head_kept() == foreign);
        }
    }
}

TEST_CASE("a keyring under a number that another program was given another of is refused") {
    OwnerScene scene;
    const auto home = scene.environment("owner").home;
    const auto other = value_of<crypto::Digest>("the other keyring");
    // As if the server had just taken that one from a program beside this.
    scene.server.mischief.put_keyring = [&] {
        auto local = home.account().value();
        ++local.keyring_revision;
        local.keyring_sha256 = other;
        home.save(local);
    };
    CHECK(refuses(ErrorKind::forged, [&] {
        Scene::pin(scene.owner, "lawyer");
        return 0;
    }));
    CHECK(home.account()->keyring_sha256 == other);
    scene.server.mischief = {};
    CHECK(refuses(ErrorKind::forged, [&] { return scene.open("owner"); }));
}

}  // namespace kluis::test
