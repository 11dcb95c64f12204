// Challenges that are out: each is good for one login within a minute.
//
// Thread-safety: all operations.
#pragma once

#include <kluis/base/time.hpp>
#include <kluis/statement/login.hpp>

#include <deque>
#include <mutex>
#include <unordered_map>

namespace kluis::server {

class Challenges {
  public:
    static constexpr std::chrono::seconds kLife{60};
    static constexpr std::size_t kMost = 100'000;

    // A fresh one. Throws Error(limit, "too-many-requests") while kMost are out.
    statement::Challenge issue(base::Time now);

    // Uses it up; false if it is not out, or no longer.
    bool take(const statement::Challenge& challenge, base::Time now);

  private:
    void forget_old(base::Time now);

    std::mutex mutex_;
    std::unordered_map<statement::Challenge, base::Time, base::FixedBytesHash> out_;
    std::deque<std::pair<base::Time, statement::Challenge>> by_end_;
};

}  // namespace kluis::server
