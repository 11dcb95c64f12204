// How often something may happen for one name: a bucket that fills with time. Kept in memory, by
// digests of names, without addresses.
//
// Thread-safety: all operations.
#pragma once

#include <kluis/base/time.hpp>
#include <kluis/crypto/hash.hpp>

#include <mutex>
#include <unordered_map>

namespace kluis::server {

class Throttle {
  public:
    struct Rate {
        std::uint64_t most = 0;        // at once
        std::chrono::seconds each{1};  // in which one unit comes back
    };
    // Beyond so many names, one at random is forgotten for each new one.
    static constexpr std::size_t kNames = 100'000;

    explicit Throttle(Rate rate) : rate_(rate) {}

    // Takes a unit of `name`; false if none is left.
    bool take(const crypto::Digest& name, base::Time now);
    // Undoes a `take`.
    void give_back(const crypto::Digest& name, base::Time now);
    // Forgets the names of which nothing is taken any more.
    void forget_idle(base::Time now);

  private:
    // What was used of a bucket, as it was at `at`.
    struct Used {
        std::uint64_t units = 0;
        base::Time at;
    };
    std::uint64_t used(const Used& bucket, base::Time now) const;
    void forget_one();

    Rate rate_;
    std::mutex mutex_;
    std::unordered_map<crypto::Digest, Used, base::FixedBytesHash> buckets_;
};

}  // namespace kluis::server
