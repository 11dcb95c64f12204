#include <kluis/base/encoding.hpp>
#include <kluis/crypto/hash.hpp>
#include <kluis/crypto/random.hpp>

#include <server/challenges.hpp>

#include <algorithm>

namespace kluis::server {

namespace {

// A challenge is 8 random bytes, its end (8 bytes, big-endian) and the beginning of a MAC over
// both.
constexpr std::size_t kRandom = 8;
constexpr std::size_t kEnd = 8;
constexpr std::size_t kStated = kRandom + kEnd;
constexpr std::size_t kMac = statement::Challenge::kSize - kStated;

base::Time end_of(const statement::Challenge& challenge) {
    std::uint64_t seconds = 0;
    for (const std::uint8_t byte : challenge.view().subspan(kRandom, kEnd))
        seconds = seconds << 8 | byte;
    return {static_cast<std::int64_t>(seconds)};
}

}  // namespace

Challenges::Challenges() : key_(crypto::random_secret<crypto::SecretBytes<KeyTag, 32>>()) {}

crypto::Digest Challenges::mac_of(base::ByteView stated) const {
    return crypto::hmac_sha256(key_.view(), stated);
}

statement::Challenge Challenges::issue(base::Time now) const {
    auto challenge = crypto::random_value<statement::Challenge>();
    const base::MutableBytes bytes = challenge.writable();
    const base::Bytes end = base::big_endian(static_cast<std::uint64_t>((now + kLife).seconds));
    std::ranges::copy(end, bytes.subspan(kRandom).begin());
    const crypto::Digest mac = mac_of(bytes.first(kStated));
    std::ranges::copy(mac.view().first(kMac), bytes.subspan(kStated).begin());
    return challenge;
}

bool Challenges::is_good(const statement::Challenge& challenge, base::Time now) const {
    const crypto::Digest mac = mac_of(challenge.view().first(kStated));
    std::uint8_t differs = 0;
    for (std::size_t i = 0; i < kMac; ++i)
        differs |= static_cast<std::uint8_t>(mac.view()[i] ^ challenge.view()[kStated + i]);
    return differs == 0 && now <= end_of(challenge);
}

bool Challenges::use_up(const statement::Challenge& challenge, base::Time now) {
    if (!is_good(challenge, now)) return false;
    const std::lock_guard lock(mutex_);
    return used_.emplace(challenge, end_of(challenge)).second;
}

void Challenges::forget_old(base::Time now) {
    const std::lock_guard lock(mutex_);
    std::erase_if(used_, [&](const auto& entry) { return entry.second < now; });
}

}  // namespace kluis::server
