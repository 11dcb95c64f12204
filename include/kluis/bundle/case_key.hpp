// The case key of a bundle: a fresh age identity to which everything in the bundle but `case.age`
// is encrypted, so that a bundle for many readers costs one small header per document.
//
// Thread-safety: pure functions.
#pragma once

#include <kluis/crypto/x25519.hpp>

#include <span>
#include <vector>

namespace kluis::bundle {

// The member case.age: one line `AGE-SECRET-KEY-1…` and a line end, encrypted to each recipient.
base::Bytes seal_case(const crypto::X25519Secret& case_key,
                      std::span<const crypto::X25519Public> recipients);

// The case key, opened with one of `identities`. Throws Error(wrong_key) if none of them is a
// recipient, Error(malformed) on any other content or more than `kCaseRecipients` recipients.
crypto::X25519Secret open_case(base::ByteView member,
                               std::span<const crypto::X25519Secret> identities);

// For how many readers case.age is: the number of its stanzas. Throws Error(malformed) as open_case
// does.
std::size_t case_readers(base::ByteView member);

inline constexpr std::size_t kCaseRecipients = 1000;

}  // namespace kluis::bundle
