// The passphrase identity.
//
// Thread-safety: immutable after construction; any number of threads may unwrap at once.
#pragma once

#include <kluis/age/open/identity.hpp>

namespace kluis::age {

class ScryptIdentity final : public Identity {
  public:
    // A stanza that asks for more work is refused with Error(limit): whoever made it could else
    // keep this machine busy. REQUIRES: 1 <= max_work_factor <= kMaxWorkFactor.
    explicit ScryptIdentity(crypto::SecretBuffer passphrase,
                            unsigned max_work_factor = kMaxWorkFactor);

    std::optional<FileKey> unwrap(std::span<const Stanza> stanzas) const override;

  private:
    crypto::SecretBuffer passphrase_;
    unsigned max_work_factor_;
};

}  // namespace kluis::age
