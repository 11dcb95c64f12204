// Which profile counts, and what is not deposited as a file.
#include <kluis/dossier/catalogue.hpp>

#include <attacks/scene.hpp>
#include <client/profile.hpp>
#include <doctest/doctest.h>

namespace kluis::test {

using base::ErrorKind;

namespace {

dossier::Profile living_in(const std::string& city) {
    dossier::Profile profile;
    profile.city = city;
    return profile;
}

// An owner with a profile, and a depositor, a second later each time.
class ProfileScene : public OwnerScene {
  public:
    ProfileScene() {
        pin(owner, "depositor");
        client::allow_depositor(owner, id, depositor.me(), std::nullopt, std::nullopt);
        client::pin_dossier(depositor, id, "");
        first = client::deposit_profile(owner, id, living_in("Utrecht")).document;
        vault.clock.pass(std::chrono::seconds(1));
    }

    // A document of kind `profile` as another program makes it.
    statement::DocumentId deposit_as_profile(client::Client& as, base::Bytes content) {
        dossier::Metadata metadata;
        metadata.title = metadata.name = "profile.json";
        metadata.kind = dossier::kProfileKind;
        return client::deposit_made(as, id, std::move(content), std::move(metadata)).document;
    }

    client::FoundProfile found() {
        return client::fetch_profile(owner, client::OwnerView::fetch(owner, id));
    }

    client::Client depositor = join_and_open("depositor");
    statement::DocumentId first;
};

}  // namespace

TEST_CASE("the newest profile counts") {
    ProfileScene scene;
    CHECK(scene.found().document == scene.first);
    const auto second =
        client::deposit_profile(scene.owner, scene.id, living_in("Maastricht")).document;
    const auto found = scene.found();
    CHECK(found.document == second);
    CHECK(found.profile == living_in("Maastricht"));
    CHECK(found.warnings.empty());
}

TEST_CASE("a document that only says to be a profile is named, and the newest that is one counts") {
    ProfileScene scene;
    const auto none = scene.deposit_as_profile(scene.depositor, base::to_bytes("a letter"));
    const auto found = scene.found();
    CHECK(found.document == scene.first);
    CHECK(found.profile == living_in("Utrecht"));
    REQUIRE(found.warnings.size() == 1);
    CHECK(found.warnings[0].document == none);
    CHECK(found.warnings[0].text.starts_with("this profile cannot be read, and does not count"));
}

TEST_CASE("a dossier whose only profile cannot be read has none") {
    OwnerScene scene;
    dossier::Metadata metadata;
    metadata.title = metadata.name = "profile.json";
    metadata.kind = dossier::kProfileKind;
    client::deposit_made(scene.owner, scene.id, base::Bytes(dossier::kProfileLimit + 1, ' '),
                         std::move(metadata));
    const auto found =
        client::fetch_profile(scene.owner, client::OwnerView::fetch(scene.owner, scene.id));
    CHECK_FALSE(found.profile);
    CHECK(found.known() == nullptr);
    CHECK(found.warnings.size() == 1);
}

TEST_CASE("a depositor's profile in place of the owner's is told of") {
    ProfileScene scene;
    const auto theirs =
        scene.deposit_as_profile(scene.depositor, dossier::encode(living_in("Berlin")));
    const auto found = scene.found();
    CHECK(found.document == theirs);
    REQUIRE(found.warnings.size() == 1);
    CHECK(found.warnings[0].text == "this profile counts, and was deposited by card " +
                                        statement::to_text(scene.depositor.me()) + ", not by you");
}

TEST_CASE("a file is not deposited as a profile or a wish list, nor described as one") {
    OwnerScene scene;
    for (const auto kind : {dossier::kProfileKind, dossier::kWishListKind}) {
        auto item = Scene::item("letter", "what happened");
        item.metadata.kind = kind;
        scene.server.forget();
        const auto result = client::deposit(scene.owner, scene.id, {item}, {});
        CHECK(result.outcomes.at(0).error.value().kind() == ErrorKind::usage);
        CHECK(scene.server.count("put_payloads") == 0);
        CHECK(refuses(ErrorKind::usage, [&] {
            client::describe_document(scene.owner, scene.id, scene.letter,
                                      [&](dossier::Metadata& metadata) { metadata.kind = kind; });
        }));
    }
}

}  // namespace kluis::test
