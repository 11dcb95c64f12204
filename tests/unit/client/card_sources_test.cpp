// What a person gives for a card: a link, a fingerprint, a text or a file; and which of them says
// whose card it is.
#include <kluis/base/file.hpp>

#include <attacks/scene.hpp>
#include <client/card_source.hpp>
#include <client/cards.hpp>
#include <doctest/doctest.h>

namespace kluis::test {

using base::ErrorKind;

namespace {

// Works in a folder, until it ends.
class InFolder {
  public:
    explicit InFolder(const std::filesystem::path& folder)
        : before_(std::filesystem::current_path()) {
        std::filesystem::current_path(folder);
    }
    ~InFolder() { std::filesystem::current_path(before_); }
    InFolder(const InFolder&) = delete;
    InFolder& operator=(const InFolder&) = delete;

  private:
    std::filesystem::path before_;
};

// An owner who knows nobody, a lawyer, and Eve, who packs archives.
class SourceScene : public Scene {
  public:
    SourceScene() {
        join("lawyer");
        join("eve");
    }

    std::string write(const std::filesystem::path& name, const std::string& text) {
        const auto file = folder / name;
        std::filesystem::create_directories(file.parent_path());
        base::write_file(file, base::as_bytes(text), base::FileMode::owner_only, base::Replace::no);
        return file.string();
    }

    client::Client owner = join_and_open("owner");
    statement::Fingerprint lawyer = fingerprint("lawyer");
    std::string link = kOrigin + "/#card=" + statement::to_text(lawyer);
    std::vector<statement::Card> both{card("lawyer"), card("eve")};
};

}  // namespace

TEST_CASE("a link or fingerprint is what it says, although there is a file of that name") {
    SourceScene scene;
    const auto text = statement::card_text(Scene::card("eve"));
    scene.write("http:/" + kOrigin.substr(7) + "/#card=" + statement::to_text(scene.lawyer), text);
    scene.write(statement::to_text(scene.lawyer), text);
    const InFolder here(scene.folder.path());
    for (const auto& given : {scene.link, statement::to_text(scene.lawyer)}) {
        CAPTURE(given);
        REQUIRE(std::filesystem::is_regular_file(given));
        const auto added = client::add_card(scene.owner, given, "");
        CHECK(added.card == Scene::card("lawyer"));
        CHECK(added.checked);
        CHECK(client::Library(scene.owner).find_card(given) == scene.lawyer);
        CHECK(client::find_card_among(scene.both, given) == scene.lawyer);
        scene.owner.change_keyring([](account::Keyring& keyring) { keyring.cards.clear(); });
        // Nor where the card that the file holds is known, and the right one is not.
        Scene::pin(scene.owner, "eve");
        CHECK(refuses(ErrorKind::untrusted,
                      [&] { return client::Library(scene.owner).find_card(given); }));
        CHECK(refuses(ErrorKind::not_found,
                      [&] { return client::find_card_among({Scene::card("eve")}, given); }));
        scene.owner.change_keyring([](account::Keyring& keyring) { keyring.cards.clear(); });
    }
    CHECK_FALSE(client::read_card(scene.link));
}

TEST_CASE("a file that holds a link gives that card, which is not checked by it") {
    SourceScene scene;
    const auto file = scene.write("law.link", scene.link + "\n");
    const auto added = client::add_card(scene.owner, file, "my lawyer");
    CHECK(added.card == Scene::card("lawyer"));
    CHECK_FALSE(added.checked);
    CHECK(client::Library(scene.owner).find_card(file) == scene.lawyer);
    CHECK(client::find_card_among(scene.both, file) == scene.lawyer);
    CHECK(client::add_card(scene.owner, scene.link, "").checked);
}

TEST_CASE("a server that answers with its own card for a link in a file is refused") {
    SourceScene scene;
    const auto file = scene.write("law.link", scene.link);
    scene.server.mischief.card = [](api::Card& card) { card = Scene::card("eve"); };
    CHECK(refuses(ErrorKind::forged, [&] { return client::load_card(scene.owner, file); }));
}

TEST_CASE("a file that holds a link is refused where only a card will do") {
    SourceScene scene;
    CHECK(refuses(ErrorKind::usage,
                  [&] { return client::read_card(scene.write("law.link", scene.link)); }));
    CHECK(refuses(ErrorKind::usage, [&] {
        return client::load_card(scene.owner,
                                 scene.write("dossier.link", kOrigin + "/#dossier=abcd"));
    }));
}

TEST_CASE("a text that is neither a link, a fingerprint, a card nor a file is refused") {
    SourceScene scene;
    for (const std::string& text : {std::string("lawyer"), std::string(32, '1'), std::string()}) {
        CAPTURE(text);
        CHECK(refuses(ErrorKind::usage, [&] { return client::load_card(scene.owner, text); }));
    }
}

}  // namespace kluis::test
