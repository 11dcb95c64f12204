// A bundle that was sealed and did not arrive.
#include <kluis/base/file.hpp>

#include <attacks/scene.hpp>
#include <client/seal.hpp>
#include <doctest/doctest.h>

namespace kluis::test {

using base::ErrorKind;

namespace {

// An owner with a dossier to seal, before a server whose downloads fail.
class SealScene : public OwnerScene {
  public:
    SealScene() {
        auto& set = request.set;
        set.jurisdiction = kJurisdiction;
        set.version = 1;
        set.issued = vault.clock.now() - std::chrono::hours(1);
        set.end = vault.clock.now() + std::chrono::hours(1);
        set.cards = {{card("member"), set.issued, std::nullopt}};
        request.dossier = id;
        request.out = folder / "case.kluis";
    }

    // Seals while no download arrives.
    base::Error seal_in_vain() {
        server.mischief.bundle = [](base::Bytes&) {
            throw base::Error(ErrorKind::storage, "the line is down");
        };
        const auto error = refusal([&] { return client::seal(owner, request, {}); });
        server.mischief.bundle = nullptr;
        return error.value();
    }

    statement::BundleId only_bundle() {
        const auto view = client::OwnerView::fetch(owner, id);
        REQUIRE(view.state().seals().size() == 1);
        return view.state().seals().begin()->first;
    }

    client::SealRequest request;
};

}  // namespace

TEST_CASE("where the bundle does not arrive, the hint names it, and it can be had once more") {
    SealScene scene;
    const auto error = scene.seal_in_vain();
    const auto bundle = scene.only_bundle();
    CHECK(error.kind() == ErrorKind::storage);
    CHECK(error.hint() ==
          "get it with `kluis seal DOSSIER --again " + statement::to_text(bundle) + " -o FILE`");
    CHECK_FALSE(std::filesystem::exists(scene.request.out));
    client::fetch_bundle(scene.owner, scene.id, bundle, scene.request.out, {});
    CHECK(std::filesystem::exists(scene.request.out));
    CHECK(scene.only_bundle() == bundle);
}

TEST_CASE("another bundle than the one asked for is refused, and leaves nothing behind") {
    SealScene scene;
    client::seal(scene.owner, scene.request, {});
    const auto bundle = scene.only_bundle();
    scene.server.mischief.bundle = [](base::Bytes& bytes) { bytes[bytes.size() / 2] ^= 1; };
    const auto again = scene.folder / "again.kluis";
    CHECK_THROWS_AS(client::fetch_bundle(scene.owner, scene.id, bundle, again, {}), base::Error);
    std::size_t files = 0;
    for (const auto& entry : std::filesystem::directory_iterator(scene.folder.path()))
        files += entry.path().filename().string().starts_with("again") ? 1 : 0;
    CHECK(files == 0);
}

TEST_CASE("a person's own file beside the bundle is left alone") {
    SealScene scene;
    const auto own = scene.folder / "case.kluis.part";
    base::write_file(own, base::as_bytes("mine"), base::FileMode::owner_only, base::Replace::no);
    client::seal(scene.owner, scene.request, {});
    CHECK(base::read_file(own, 100) == base::to_bytes("mine"));
}

}  // namespace kluis::test
