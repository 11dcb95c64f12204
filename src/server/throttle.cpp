#include <server/throttle.hpp>

#include <algorithm>

namespace kluis::server {

bool Throttle::allows(const crypto::Digest& name, base::Time now) {
    const std::lock_guard lock(mutex_);
    const auto found = buckets_.find(name);
    return found == buckets_.end() || used(found->second, now) < rate_.most;
}

void Throttle::count(const crypto::Digest& name, base::Time now) {
    const std::lock_guard lock(mutex_);
    if (buckets_.size() >= kNames) forget_idle(now);
    Used& bucket = buckets_[name];
    const std::uint64_t before = used(bucket, now);
    if (before == 0) bucket.at = now;
    // Whole units come back; the time since the last of them goes on counting.
    if (before > 0) bucket.at = bucket.at + rate_.each * static_cast<int>(bucket.units - before);
    bucket.units = std::min(before + 1, rate_.most);
}

std::uint64_t Throttle::used(const Used& bucket, base::Time now) const {
    const std::int64_t passed = std::max<std::int64_t>(0, now.seconds - bucket.at.seconds);
    const auto back = static_cast<std::uint64_t>(passed / rate_.each.count());
    return bucket.units > back ? bucket.units - back : 0;
}

void Throttle::forget_idle(base::Time now) {
    std::erase_if(buckets_, [&](const auto& entry) { return used(entry.second, now) == 0; });
    if (buckets_.size() >= kNames) buckets_.clear();
}

}  // namespace kluis::server
