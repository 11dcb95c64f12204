// Attack 12, in uploads: one that the server breaks off, or during which the file changes, is begun
// anew under another file key. With one key and nonce, two plaintexts would give both away.
#include "reading.hpp"

#include <kluis/age/open/payload_reader.hpp>

namespace kluis::test {

using base::ErrorKind;

namespace {

constexpr std::string_view kText = "what happened";

client::DepositResult deposit(OwnerScene& scene, const client::DepositItem& item) {
    return client::deposit(scene.owner, scene.id, {item}, {});
}

// An item whose content is in a file, too large to be sent with others.
client::DepositItem item_of(const std::filesystem::path& file, const std::string& content) {
    base::write_file(file, base::as_bytes(content), base::FileMode::owner_only, base::Replace::yes);
    client::DepositItem item;
    item.file = file;
    return item;
}

std::set<base::Bytes> nonces_of(const std::vector<api::SmallPayload>& payloads) {
    std::set<base::Bytes> nonces;
    for (const auto& payload : payloads)
        nonces.insert(
            base::to_bytes(base::ByteView(payload.stored).first(age::PayloadNonce::kSize)));
    return nonces;
}

}  // namespace

TEST_CASE("a deposit that the server breaks off is sealed anew, with nothing of the first try") {
    OwnerScene scene;
    scene.server.payloads.clear();
    scene.server.mischief.payloads = [] {
        throw base::Error(ErrorKind::unavailable, "the line is down");
    };
    scene.server.forget();
    const auto item = Scene::item("statement", std::string(kText));
    const auto failed = deposit(scene, item);
    CHECK(failed.outcomes.at(0).error.value().kind() == ErrorKind::unavailable);
    CHECK(scene.server.count("submit") == 0);
    const auto first = std::exchange(scene.server.payloads, {});
    REQUIRE(first.size() == 2);

    scene.server.mischief = {};
    const auto again = deposit(scene, item).outcomes.at(0).deposited.value();
    const auto second = scene.server.payloads;
    REQUIRE(second.size() == 2);
    CHECK(again.document != first[0].document);
    CHECK(nonces_of(first).size() == 2);
    for (const auto& nonce : nonces_of(second))
        CHECK_FALSE(nonces_of(first).contains(nonce));
    const auto key =
        client::OwnerView::fetch(scene.owner, scene.id).file_key(scene.owner, again.document);
    const auto opens = [&](const api::SmallPayload& payload) {
        base::MemoryReader stored(payload.stored);
        base::MemoryWriter plain;
        return !refusal([&] { return (age::decrypt_payload(key, stored, plain), 0); });
    };
    for (const auto& payload : second)
        CHECK(opens(payload));
    for (const auto& payload : first)
        CHECK_FALSE(opens(payload));
}

TEST_CASE("a file that changes its size while it is sent is not deposited, and can be anew") {
    for (const std::size_t size : {100'000, 300'000}) {
        CAPTURE(size);
        OwnerScene scene;
        const auto file = scene.folder / "scan.bin";
        const auto item = item_of(file, std::string(200'000, 'x'));
        const auto before = client::OwnerView::fetch(scene.owner, scene.id).documents().size();
        scene.server.mischief.payload = [&] { std::filesystem::resize_file(file, size); };
        scene.server.forget();
        const auto failed = deposit(scene, item);
        CHECK(failed.outcomes.at(0).error.value().kind() == ErrorKind::conflict);
        CHECK(scene.server.count("submit") == 0);
        scene.server.mischief = {};
        CHECK(client::OwnerView::fetch(scene.owner, scene.id).documents().size() == before);
        const auto again = deposit(scene, item).outcomes.at(0).deposited.value();
        const auto view = client::OwnerView::fetch(scene.owner, scene.id);
        CHECK(view.documents().at(again.document).metadata.size == size);
        CHECK_FALSE(saving(scene.owner, client::readable(view, again.document)));
    }
}

TEST_CASE("a large file whose upload fails at the server is not deposited, and can be anew") {
    OwnerScene scene;
    const auto item = item_of(scene.folder / "scan.bin", std::string(200'000, 'x'));
    scene.server.mischief.payload = [] {
        throw base::Error(ErrorKind::unavailable, "the line is down");
    };
    scene.server.forget();
    CHECK(deposit(scene, item).outcomes.at(0).error.value().kind() == ErrorKind::unavailable);
    CHECK(scene.server.count("submit") == 0);
    scene.server.mischief = {};
    const auto again = deposit(scene, item).outcomes.at(0).deposited.value();
    const auto view = client::OwnerView::fetch(scene.owner, scene.id);
    CHECK(view.documents().size() == 3);
    CHECK_FALSE(saving(scene.owner, client::readable(view, again.document)));
}

}  // namespace kluis::test
