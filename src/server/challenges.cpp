#include <kluis/crypto/random.hpp>

#include <server/challenges.hpp>
#include <server/refusal.hpp>

namespace kluis::server {

statement::Challenge Challenges::issue(base::Time now) {
    const auto challenge = crypto::random_value<statement::Challenge>();
    const std::lock_guard lock(mutex_);
    forget_old(now);
    if (by_end_.size() >= kMost) throw refusal("too-many-requests");
    const base::Time end = now + kLife;
    out_.emplace(challenge, end);
    by_end_.emplace_back(end, challenge);
    return challenge;
}

bool Challenges::take(const statement::Challenge& challenge, base::Time now) {
    const std::lock_guard lock(mutex_);
    forget_old(now);
    return out_.erase(challenge) == 1;
}

void Challenges::forget_old(base::Time now) {
    while (!by_end_.empty() && by_end_.front().first < now) {
        out_.erase(by_end_.front().second);
        by_end_.pop_front();
    }
}

}  // namespace kluis::server
