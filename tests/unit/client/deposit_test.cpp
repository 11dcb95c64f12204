// How a deposit sends its payloads, before a server that may fail.
#include <attacks/scene.hpp>
#include <doctest/doctest.h>

namespace kluis::test {

using base::ErrorKind;

namespace {

std::vector<client::DepositItem> items(std::size_t count, std::size_t size) {
    std::vector<client::DepositItem> items;
    for (std::size_t i = 0; i < count; ++i)
        items.push_back(Scene::item("scan " + std::to_string(i), std::string(size, 'x')));
    return items;
}

}  // namespace

TEST_CASE("many small files cost few requests, and each is a document") {
    OwnerScene scene;
    scene.server.forget();
    const auto result = client::deposit(scene.owner, scene.id, items(100, 20'000), {});
    CHECK(scene.server.count("put_payload") == 0);
    CHECK(scene.server.count("put_payloads") <= 10);
    for (const auto& outcome : result.outcomes)
        CHECK(outcome.deposited);
    const auto view = client::OwnerView::fetch(scene.owner, scene.id);
    CHECK(view.documents().size() == 102);
    CHECK(view.alarms().empty());
}

TEST_CASE("a large file is sent by itself") {
    OwnerScene scene;
    scene.server.forget();
    const auto result = client::deposit(scene.owner, scene.id, items(1, 100'000), {});
    CHECK(scene.server.count("put_payload") == 1);
    CHECK(scene.server.count("put_payloads") == 1);
    CHECK(result.outcomes.at(0).deposited);
}

TEST_CASE("a file that cannot be read is left out, and the others are deposited") {
    OwnerScene scene;
    auto some = items(3, 100);
    some[1].content.reset();
    some[1].file = scene.folder / "is not there";
    const auto result = client::deposit(scene.owner, scene.id, some, {});
    CHECK(result.outcomes.at(0).deposited);
    CHECK(result.outcomes.at(1).error.value().kind() == ErrorKind::not_found);
    CHECK(result.outcomes.at(2).deposited);
}

TEST_CASE("what is wrong with a description or a preview is found before the content is sent") {
    OwnerScene scene;
    auto some = items(2, 100'000);
    some[0].metadata.kind = "No Such Kind";
    some[1].preview = scene.folder / "is not there";
    scene.server.forget();
    const auto result = client::deposit(scene.owner, scene.id, some, {});
    CHECK(result.outcomes.at(0).error.value().kind() == ErrorKind::malformed);
    CHECK(result.outcomes.at(1).error.value().kind() == ErrorKind::not_found);
    CHECK(scene.server.count("put_payload") == 0);
    CHECK(scene.server.count("put_payloads") == 0);
}

TEST_CASE("where the server fails to keep payloads, no file counts as deposited") {
    OwnerScene scene;
    scene.server.mischief.payloads = [] {
        throw base::Error(ErrorKind::storage, "the disk is full").with_code("storage");
    };
    scene.server.forget();
    const auto result = client::deposit(scene.owner, scene.id, items(20, 100), {});
    for (const auto& outcome : result.outcomes) {
        CHECK_FALSE(outcome.deposited);
        CHECK(outcome.error.value().kind() == ErrorKind::storage);
    }
    CHECK(scene.server.count("submit") == 0);
}

}  // namespace kluis::test
