// People with keys that are the same in every run: made from their name.
#pragma once

#include <kluis/crypto/hash.hpp>
#include <kluis/statement/statement.hpp>

namespace kluis::test {

// A value that stands for `label`: the beginning of the label's SHA-256.
template <class Fixed>
Fixed value_of(std::string_view label) {
    static_assert(Fixed::kSize <= crypto::Digest::kSize);
    return Fixed::from(crypto::sha256(base::as_bytes(label)).view().first(Fixed::kSize));
}

class Person {
  public:
    explicit Person(const std::string& name)
        : signer_(secret<crypto::Ed25519Seed>(name + " signs")),
          recipient_secret_(secret<crypto::X25519Secret>(name + " reads")),
          card_{crypto::x25519_public(recipient_secret_), signer_.public_key()},
          fingerprint_(statement::fingerprint(card_)) {}

    const crypto::Ed25519Signer& signer() const { return signer_; }
    const crypto::X25519Secret& recipient_secret() const { return recipient_secret_; }
    const statement::Card& card() const { return card_; }
    const statement::Fingerprint& fingerprint() const { return fingerprint_; }

  private:
    template <class Secret>
    static Secret secret(const std::string& label) {
        return Secret::copy_of(crypto::sha256(base::as_bytes(label)));
    }

    crypto::Ed25519Signer signer_;
    crypto::X25519Secret recipient_secret_;
    statement::Card card_;
    statement::Fingerprint fingerprint_;
};

}  // namespace kluis::test
