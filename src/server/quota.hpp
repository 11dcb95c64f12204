// How much of something a card may have under way at once.
//
// Thread-safety: all operations.
#pragma once

#include <kluis/statement/card.hpp>

#include <server/refusal.hpp>

#include <map>
#include <memory>
#include <mutex>

namespace kluis::server {

class Quota {
  public:
    explicit Quota(std::uint64_t most) : most_(most) {}

    // Takes `amount` until the result is released, which must not outlive this; what the card has
    // `already` besides counts as well. Throws Error(limit, "too-many-requests").
    std::shared_ptr<void> take(const statement::Fingerprint& card, std::uint64_t amount = 1,
                               std::uint64_t already = 0) {
        {
            const std::lock_guard lock(mutex_);
            const auto found = taken_.find(card);
            const std::uint64_t before = found == taken_.end() ? 0 : found->second;
            if (already > most_ - before || amount > most_ - before - already) {
                throw refusal("too-many-requests");
            }
            if (amount > 0) taken_[card] = before + amount;
        }
        return {nullptr, [this, card, amount](void*) { give_back(card, amount); }};
    }

  private:
    void give_back(const statement::Fingerprint& card, std::uint64_t amount) {
        if (amount == 0) return;
        const std::lock_guard lock(mutex_);
        const auto found = taken_.find(card);
        found->second -= amount;
        if (found->second == 0) taken_.erase(found);
    }

    std::uint64_t most_;
    std::mutex mutex_;
    std::map<statement::Fingerprint, std::uint64_t> taken_;
};

}  // namespace kluis::server
