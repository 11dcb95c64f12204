#include <kluis/crypto/random.hpp>

#include <server/throttle.hpp>

#include <algorithm>

namespace kluis::server {

bool Throttle::take(const crypto::Digest& name, base::Time now) {
    const std::lock_guard lock(mutex_);
    if (buckets_.size() >= kNames && !buckets_.contains(name)) forget_one();
    Used& bucket = buckets_[name];
    const std::uint64_t before = used(bucket, now);
    if (before >= rate_.most) return false;
    if (before == 0) {
        bucket.at = now;
    } else {
        // Whole units come back; the time since the last of them goes on counting.
        bucket.at = bucket.at + rate_.each * static_cast<int>(bucket.units - before);
    }
    bucket.units = before + 1;
    return true;
}

void Throttle::give_back(const crypto::Digest& name, base::Time now) {
    const std::lock_guard lock(mutex_);
    const auto found = buckets_.find(name);
    if (found == buckets_.end()) return;
    if (used(found->second, now) <= 1) {
        buckets_.erase(found);
    } else {
        --found->second.units;
    }
}

void Throttle::forget_idle(base::Time now) {
    const std::lock_guard lock(mutex_);
    std::erase_if(buckets_, [&](const auto& entry) { return used(entry.second, now) == 0; });
}

std::uint64_t Throttle::used(const Used& bucket, base::Time now) const {
    const std::int64_t passed = std::max<std::int64_t>(0, now.seconds - bucket.at.seconds);
    const auto back = static_cast<std::uint64_t>(passed / rate_.each.count());
    return bucket.units > back ? bucket.units - back : 0;
}

// At random, so that nobody can choose whose tries are forgotten.
void Throttle::forget_one() {
    const auto count = static_cast<std::uint32_t>(buckets_.bucket_count());
    std::size_t place = crypto::random_below(count);
    while (buckets_.begin(place) == buckets_.end(place))
        place = (place + 1) % count;
    const crypto::Digest name = buckets_.begin(place)->first;
    buckets_.erase(name);
}

}  // namespace kluis::server
