// Attack 36: randomness repeats.
#include <kluis/crypto/aead.hpp>
#include <kluis/crypto/random.hpp>

#include <doctest/doctest.h>

#include <algorithm>
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

TEST_CASE("no id, no nonce and no key repeats in a million draws") {
    CHECK_MESSAGE(all_differ<Id>(1'000'000), Id::kTagName);
    CHECK_MESSAGE(all_differ<LongNonce>(1'000'000), LongNonce::kTagName);
    CHECK_MESSAGE(all_keys_differ<AeadKey>(1'000'000), "key");
}

TEST_CASE("a search for repeats finds one where there is one") {
    CHECK_FALSE(all_differ<base::FixedBytes<IdTag, 1>>(257));
}
