// What the server keeps in memory, and what it reads at its start.
#include "support/person.hpp"
#include "support/refusal.hpp"
#include "support/temporary_folder.hpp"

#include <kluis/base/file.hpp>
#include <kluis/chain/step.hpp>

#include <doctest/doctest.h>
#include <server/card_sets.hpp>
#include <server/challenges.hpp>
#include <server/refusal.hpp>
#include <server/throttle.hpp>

using namespace kluis;
using base::ErrorKind;
using base::Time;

TEST_CASE("every reason of the chain has a problem of its own") {
    for (int i = 0; i <= static_cast<int>(chain::Reason::consent_used); ++i) {
        const auto code = chain::code(static_cast<chain::Reason>(i));
        INFO(code);
        CHECK(server::refusal(code).code() == code);
    }
}

TEST_CASE("a throttle lets through so many at once, and then one as each unit of time passes") {
    server::Throttle throttle({3, std::chrono::seconds(10)});
    const crypto::Digest name;
    const auto try_at = [&](std::int64_t second) {
        const bool allowed = throttle.allows(name, {second});
        if (allowed) throttle.count(name, {second});
        return allowed;
    };
    CHECK(try_at(0));
    CHECK(try_at(1));
    CHECK(try_at(2));
    CHECK_FALSE(try_at(9));
    CHECK(try_at(10));
    CHECK_FALSE(try_at(19));
    CHECK(try_at(20));
    CHECK(try_at(1000));
    CHECK(try_at(1000));
    CHECK(try_at(1000));
    CHECK_FALSE(try_at(1000));
}

TEST_CASE("a throttle counts each name for itself, and its memory is bounded") {
    server::Throttle throttle({1, std::chrono::seconds(1000)});
    const auto name = [](std::uint64_t i) { return crypto::sha256(base::big_endian(i)); };
    for (std::uint64_t i = 0; i < server::Throttle::kNames; ++i)
        throttle.count(name(i), {0});
    CHECK_FALSE(throttle.allows(name(0), {1}));
    throttle.count(name(server::Throttle::kNames), {1});
    CHECK_FALSE(throttle.allows(name(server::Throttle::kNames), {1}));
    CHECK(throttle.allows(name(0), {1}));
}

TEST_CASE("challenges are bounded, and come back as they end") {
    server::Challenges challenges;
    for (std::size_t i = 0; i < server::Challenges::kMost; ++i)
        challenges.issue({0});
    const auto error = test::refusal([&] { return challenges.issue({60}); });
    REQUIRE(error);
    CHECK(error->code() == "too-many-requests");
    const auto fresh = challenges.issue({61});
    CHECK(challenges.take(fresh, {121}));
    CHECK_FALSE(challenges.take(fresh, {121}));
}

TEST_CASE("a card set in an anchors' folder is taken if its root signed it") {
    const test::TemporaryFolder folder;
    const test::Person root("root");
    const test::Person other("other root");
    statement::Anchors anchors;
    anchors.version = 1;
    anchors.roots = {{"nl-commissie-2025", root.signer().public_key(), {0}, std::nullopt}};
    base::write_file(folder / "anchors.json", statement::encode(anchors), base::FileMode::shared,
                     base::Replace::no);
    CHECK(server::load_card_sets({folder.path()}).empty());
    statement::CardSet set;
    set.jurisdiction = "nl-commissie-2025";
    set.version = 4;
    set.issued = Time{1'700'000'000};
    set.end = Time{1'800'000'000};
    set.cards = {{test::Person("member").card(), set.issued, std::nullopt}};
    const auto write = [&](const test::Person& signer) {
        base::write_file(folder / "cards.json",
                         statement::encode(statement::sign_card_set(set, signer.signer())),
                         base::FileMode::shared, base::Replace::yes);
    };
    write(root);
    const auto sets = server::load_card_sets({folder.path()});
    REQUIRE(sets.size() == 1);
    CHECK(sets[0].version == 4);
    write(other);
    CHECK(test::refuses(ErrorKind::untrusted,
                        [&] { return server::load_card_sets({folder.path()}); }));
    CHECK(test::refuses(ErrorKind::not_found,
                        [&] { return server::load_card_sets({folder / "none"}); }));
}
