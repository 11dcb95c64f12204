// What the server keeps in memory, and what it reads at its start.
#include "support/person.hpp"
#include "support/refusal.hpp"
#include "support/temporary_folder.hpp"

#include <kluis/base/file.hpp>
#include <kluis/chain/step.hpp>

#include <doctest/doctest.h>
#include <fcntl.h>
#include <server/card_sets.hpp>
#include <server/challenges.hpp>
#include <server/hardening.hpp>
#include <server/log.hpp>
#include <server/quota.hpp>
#include <server/refusal.hpp>
#include <server/throttle.hpp>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>

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
    const auto try_at = [&](std::int64_t second) { return throttle.take(name, {second}); };
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

TEST_CASE("what is given back to a throttle may be taken again") {
    server::Throttle throttle({2, std::chrono::seconds(10)});
    const crypto::Digest name;
    for (int i = 0; i < 5; ++i) {
        CHECK(throttle.take(name, {0}));
        throttle.give_back(name, {0});
    }
    CHECK(throttle.take(name, {0}));
    CHECK(throttle.take(name, {0}));
    throttle.give_back(name, {0});
    CHECK(throttle.take(name, {0}));
    CHECK_FALSE(throttle.take(name, {0}));
}

TEST_CASE("a throttle counts each name for itself, and made-up names make it forget few") {
    server::Throttle throttle({1, std::chrono::seconds(1000)});
    const auto name = [](std::uint64_t i) { return crypto::sha256(base::big_endian(i)); };
    constexpr std::uint64_t most = server::Throttle::kNames;
    for (std::uint64_t i = 0; i < most; ++i)
        CHECK(throttle.take(name(i), {0}));
    // Each of a hundred more takes the place of one at random.
    for (std::uint64_t i = most; i < most + 100; ++i)
        CHECK(throttle.take(name(i), {1}));
    throttle.forget_idle({1});
    std::size_t forgotten = 0;
    for (std::uint64_t i = 0; i < 1000; ++i)
        forgotten += throttle.take(name(i), {1});
    CHECK(forgotten < 100);
    throttle.forget_idle({2000});
    CHECK(throttle.take(name(0), {2000}));
}

TEST_CASE("a challenge is good until its end, for the one who issued it, and is used up once") {
    server::Challenges challenges;
    const auto challenge = challenges.issue({1000});
    CHECK(challenges.is_good(challenge, {1060}));
    CHECK_FALSE(challenges.is_good(challenge, {1061}));
    CHECK_FALSE(server::Challenges().is_good(challenge, {1000}));
    for (std::size_t i = 0; i < statement::Challenge::kSize; ++i) {
        auto altered = challenge;
        altered.writable()[i] ^= 1;
        CHECK_FALSE(challenges.is_good(altered, {1000}));
    }
    CHECK(challenges.use_up(challenge, {1060}));
    CHECK_FALSE(challenges.use_up(challenge, {1060}));
    challenges.forget_old({1060});
    CHECK_FALSE(challenges.use_up(challenge, {1060}));
    challenges.forget_old({1061});
    CHECK_FALSE(challenges.use_up(challenge, {1061}));
}

TEST_CASE("any number of challenges that nobody answers keeps nobody out") {
    server::Challenges challenges;
    for (int i = 0; i < 200'000; ++i)
        challenges.issue({0});
    const auto fresh = challenges.issue({0});
    CHECK(challenges.use_up(fresh, {0}));
}

TEST_CASE("a quota gives so much at once to each card, and takes back what is released") {
    server::Quota<statement::Fingerprint> quota(10);
    const test::Person one("N");
    const test::Person other("M");
    auto first = quota.take(one.fingerprint(), 6);
    const auto second = quota.take(one.fingerprint(), 4);
    const auto refused = test::refusal([&] { return quota.take(one.fingerprint()); });
    REQUIRE(refused);
    CHECK(refused->code() == "too-many-requests");
    CHECK(quota.is_short(one.fingerprint()));
    CHECK_FALSE(quota.is_short(other.fingerprint()));
    const auto others = quota.take(other.fingerprint(), 10);
    first.reset();
    CHECK_FALSE(quota.is_short(one.fingerprint()));
    const auto again = quota.take(one.fingerprint(), 6);
    CHECK(test::refusal([&] { return quota.take(one.fingerprint()); }));
}

TEST_CASE("a log that nobody reads stops nothing, and says how many lines it lost") {
    int ends[2];
    REQUIRE(::pipe2(ends, O_CLOEXEC) == 0);
    const base::Descriptor out(ends[0]);
    const base::Descriptor in(ends[1]);
    server::Log log(in.get());
    for (int i = 0; i < 10'000; ++i)
        log.write(base::Json{{"event", "test"}});
    std::string read(4 * 1024 * 1024, ' ');
    const auto drain = [&] {
        const ssize_t count = ::read(out.get(), read.data(), read.size());
        return read.substr(0, static_cast<std::size_t>(std::max<ssize_t>(0, count)));
    };
    const auto lines = std::ranges::count(drain(), '\n');
    CHECK(lines > 0);
    CHECK(lines < 10'000);
    log.write(base::Json{{"event", "test"}});
    CHECK(drain().find("\"lost\":" + std::to_string(10'000 - lines)) != std::string::npos);
}

TEST_CASE("a hardened process leaves no core dump") {
    const pid_t child = ::fork();
    if (child == 0) {
        server::harden_process();
        rlimit limit{1, 1};
        ::getrlimit(RLIMIT_CORE, &limit);
        const bool none =
            limit.rlim_cur == 0 && limit.rlim_max == 0 && ::prctl(PR_GET_DUMPABLE, 0, 0, 0, 0) == 0;
        ::_exit(none ? 0 : 1);
    }
    int status = -1;
    REQUIRE(::waitpid(child, &status, 0) == child);
    CHECK(status == 0);
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
