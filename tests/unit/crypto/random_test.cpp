#include <kluis/crypto/aead.hpp>
#include <kluis/crypto/random.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <vector>

using namespace kluis;
using namespace kluis::crypto;

namespace {

struct IdTag {
    static constexpr const char* kName = "id";
};
using Id = base::FixedBytes<IdTag, 16>;
struct LongNonceTag {
    static constexpr const char* kName = "long nonce";
};
using LongNonce = base::FixedBytes<LongNonceTag, kXChaChaNonceSize>;

// Whether `count` fresh values of this type are all different.
template <class Fixed>
bool all_differ(std::size_t count) {
    std::vector<Fixed> drawn(count);
    for (Fixed& value : drawn)
        value = random_value<Fixed>();
    std::ranges::sort(drawn);
    return std::ranges::adjacent_find(drawn) == drawn.end();
}

// The same of a secret's bytes. Kept outside its own memory: a million pages would be locked.
template <class Secret>
bool all_keys_differ(std::size_t count) {
    std::vector<std::array<std::uint8_t, Secret::kSize>> drawn(count);
    for (auto& bytes : drawn) {
        const auto key = random_secret<Secret>();
        std::ranges::copy(key.view(), bytes.begin());
    }
    std::ranges::sort(drawn);
    return std::ranges::adjacent_find(drawn) == drawn.end();
}

}  // namespace

TEST_CASE("attack 36: no id, no nonce and no key repeats in a million draws") {
    CHECK_MESSAGE(all_differ<Id>(1'000'000), Id::kTagName);
    CHECK_MESSAGE(all_differ<LongNonce>(1'000'000), LongNonce::kTagName);
    CHECK_MESSAGE(all_keys_differ<AeadKey>(1'000'000), "key");
}

TEST_CASE("a search for repeats finds one where there is one") {
    CHECK_FALSE(all_differ<base::FixedBytes<IdTag, 1>>(257));
}

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
