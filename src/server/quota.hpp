// How much of something each of several, by their keys, may have under way at once: each card, or
// each group of cards.
//
// Thread-safety: all operations.
#pragma once

#include <server/refusal.hpp>

#include <map>
#include <memory>
#include <mutex>

namespace kluis::server {

template <class Key>
class Quota {
  public:
    explicit Quota(std::uint64_t most) : most_(most) {}

    // Takes `amount` until the result is released, which must not outlive this; what the key has
    // `already` besides counts as well. Throws Error(limit, "too-many-requests").
    std::shared_ptr<void> take(const Key& key, std::uint64_t amount = 1,
                               std::uint64_t already = 0) {
        {
            const std::lock_guard lock(mutex_);
            const std::uint64_t before = taken(key);
            if (already > most_ - before || amount > most_ - before - already) {
                throw refusal("too-many-requests");
            }
            if (amount > 0) taken_[key] = before + amount;
        }
        return {nullptr, [this, key, amount](void*) { give_back(key, amount); }};
    }

    // Whether more than half is taken.
    bool is_short(const Key& key) const {
        const std::lock_guard lock(mutex_);
        return taken(key) > most_ / 2;
    }

  private:
    std::uint64_t taken(const Key& key) const {
        const auto found = taken_.find(key);
        return found == taken_.end() ? 0 : found->second;
    }

    void give_back(const Key& key, std::uint64_t amount) {
        if (amount == 0) return;
        const std::lock_guard lock(mutex_);
        const auto found = taken_.find(key);
        found->second -= amount;
        if (found->second == 0) taken_.erase(found);
    }

    std::uint64_t most_;
    mutable std::mutex mutex_;
    std::map<Key, std::uint64_t> taken_;
};

}  // namespace kluis::server
