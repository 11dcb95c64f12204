// What a device without a memory is shown of a dossier.
#include <attacks/scene.hpp>
#include <doctest/doctest.h>

namespace kluis::test {

namespace {

std::vector<std::string> first_sights(const client::Client& client) {
    std::vector<std::string> texts;
    for (const auto& notice : client.notices()) {
        if (notice.kind == client::Notice::Kind::new_device) texts.push_back(notice.text);
    }
    return texts;
}

}  // namespace

TEST_CASE("a device that has seen a dossier before says nothing of it") {
    OwnerScene scene;
    client::OwnerView::fetch(scene.owner, scene.id);
    CHECK(first_sights(scene.owner).empty());
    auto again = scene.open("owner");
    client::OwnerView::fetch(again, scene.id);
    CHECK(first_sights(again).empty());
}

TEST_CASE("a fresh device shows once the date and the number of documents that it was given") {
    OwnerScene scene;
    const auto last = base::to_string(scene.vault.clock.now());
    scene.vault.clock.pass(std::chrono::hours(1));
    const auto local = scene.environment("owner").home.account().value();
    auto environment = scene.environment("owner's new device");
    environment.home.save(
        {local.server, local.handle, local.fingerprint, local.sealed_secret, 0, {}});
    const auto open = [&] {
        return client::Client::open_by_secret(environment, kOrigin, Scene::secret("owner"));
    };
    auto fresh = open();
    client::OwnerView::fetch(fresh, scene.id);
    CHECK(first_sights(fresh) ==
          std::vector<std::string>{
              "this device sees the dossier 'mine' for the first time: the server gave 2 "
              "documents, and the last change was at " +
              last + "; compare that with what you remember"});
    client::OwnerView::fetch(fresh, scene.id);
    CHECK(first_sights(fresh).size() == 1);
    auto again = open();
    client::OwnerView::fetch(again, scene.id);
    CHECK(first_sights(again).empty());
}

}  // namespace kluis::test
