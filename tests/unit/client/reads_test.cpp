// The record of who read what, of which a server gives what it likes.
#include <attacks/scene.hpp>
#include <client/reads.hpp>
#include <doctest/doctest.h>

namespace kluis::test {

TEST_CASE("an entry that does not open is counted, and the others are shown") {
    OwnerScene scene;
    auto lawyer = scene.join_and_open("lawyer");
    Scene::pin(scene.owner, "lawyer");
    client::grant(scene.owner, scene.id, {scene.letter, scene.photo}, lawyer.me(), std::nullopt);
    const auto granted = client::fetch_granted(lawyer, scene.id);
    for (const auto& id : {scene.letter, scene.photo}) {
        base::MemoryWriter content;
        client::fetch_content(lawyer, client::readable(granted, id), content, {});
    }
    const auto all = client::fetch_reads(scene.owner, scene.id);
    CHECK(all.entries.size() == 2);
    CHECK(all.unreadable == 0);
    CHECK(all.entries.at(0).reader == lawyer.me());
    scene.server.mischief.read = [first = true](base::Bytes& entry) mutable {
        if (first) entry.back() ^= 1;
        first = false;
    };
    const auto rest = client::fetch_reads(scene.owner, scene.id);
    CHECK(rest.entries.size() == 1);
    CHECK(rest.unreadable == 1);
}

}  // namespace kluis::test
