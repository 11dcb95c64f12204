#include <kluis/crypto/aead.hpp>
#include <kluis/crypto/random.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <map>

using namespace kluis;
using namespace kluis::crypto;

TEST_CASE("fresh keys differ from one another and from zeros") {
    const AeadKey zero;
    const auto first = random_secret<AeadKey>();
    const auto second = random_secret<AeadKey>();
    CHECK_FALSE(equal_secrets(first.view(), second.view()));
    CHECK_FALSE(equal_secrets(first.view(), zero.view()));
}

TEST_CASE("every byte of a value that is filled is random, and none beyond it") {
    std::array<bool, 33> changed{};
    for (int round = 0; round < 20; ++round) {
        std::array<std::uint8_t, 34> bytes{};
        random_fill(base::MutableBytes(bytes).first(33));
        for (std::size_t i = 0; i < changed.size(); ++i)
            changed[i] = changed[i] || bytes[i] != 0;
        CHECK(bytes[33] == 0);
    }
    CHECK(std::ranges::all_of(changed, [](bool yes) { return yes; }));
    random_fill({});
}

TEST_CASE("a number below a bound stays below it, and every number comes up") {
    std::map<std::uint32_t, int> counts;
    for (int i = 0; i < 70'000; ++i)
        ++counts[random_below(7)];
    CHECK(counts.size() == 7);
    // Ten thousand expected; further off than this happens once in 10^20 runs.
    for (const auto& [number, count] : counts) {
        CHECK(number < 7);
        CHECK(count > 9'000);
        CHECK(count < 11'000);
    }
    CHECK(random_below(1) == 0);
}
