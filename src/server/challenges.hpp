// Challenges: each is good for one login within a minute. One that is out is not kept: it says by
// itself until when it is good, under a MAC of a key made at the start. Those that a login has used
// up are, so that what strangers ask for takes no memory.
//
// Thread-safety: all operations.
#pragma once

#include <kluis/base/time.hpp>
#include <kluis/crypto/secret.hpp>
#include <kluis/statement/login.hpp>

#include <map>
#include <mutex>

namespace kluis::server {

class Challenges {
  public:
    static constexpr std::chrono::seconds kLife{60};

    Challenges();

    // A fresh one.
    statement::Challenge issue(base::Time now) const;

    // Whether it was issued here and its time has not gone by.
    bool is_good(const statement::Challenge& challenge, base::Time now) const;

    // Uses up a good one; false if it is not good, or was used already.
    bool use_up(const statement::Challenge& challenge, base::Time now);

    // Forgets used ones whose time has gone by.
    void forget_old(base::Time now);

  private:
    struct KeyTag {
        static constexpr const char* kName = "challenge key";
    };

    crypto::Digest mac_of(base::ByteView stated) const;

    const crypto::SecretBytes<KeyTag, 32> key_;
    std::mutex mutex_;
    std::map<statement::Challenge, base::Time> used_;  // with its end
};

}  // namespace kluis::server
