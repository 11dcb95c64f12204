// The account secret: 32 bytes from which everything of an account is derived, and the ways in
// which a person keeps it on paper or in a file.
//
// Thread-safety: plain values and pure functions.
#pragma once

#include <kluis/crypto/hash.hpp>
#include <kluis/statement/card.hpp>

namespace kluis::account {

struct AccountSecretTag {
    static constexpr const char* kName = "account secret";
};
using AccountSecret = crypto::SecretBytes<AccountSecretTag, 32>;

// HKDF-SHA256, empty salt, info "bewijskluis.org/v1/x25519" and "…/ed25519".
crypto::X25519Secret x25519_secret(const AccountSecret& secret);
crypto::Ed25519Signer signer(const AccountSecret& secret);
statement::Card card(const AccountSecret& secret);

// The secret as 24 words of BIP 39 (32 bytes of entropy and 8 bits of checksum; never BIP 39's
// PBKDF2 seed), separated by single spaces.
crypto::SecretBuffer recovery_words(const AccountSecret& secret);
// Throws Error(malformed): wrong number of words, a word not in the list (by its place), a checksum
// that does not fit. White space between and around words is free, letters may be in either case.
AccountSecret parse_recovery_words(const crypto::SecretBuffer& text);

// An age identity file that `age -i` accepts and whose comment `# kluis-account: …` (bech32 with
// human-readable part "kluis-account") lets us also sign. Ends with a line end.
crypto::SecretBuffer identity_file(const AccountSecret& secret);
// Throws Error(malformed) unless there is exactly one such comment and one key, the one derived.
AccountSecret parse_identity_file(const crypto::SecretBuffer& text);

// What the paper recovery kit holds. Lines of text; `qr` is the text of its QR code (the bech32
// string of the comment line).
struct Kit {
    crypto::SecretBuffer words;     // 24 words
    crypto::SecretBuffer qr;        // kluis-account1…
    crypto::SecretBuffer identity;  // AGE-SECRET-KEY-1…
};
Kit recovery_kit(const AccountSecret& secret);
// The account secret from the text of a kit's QR code. Throws Error(malformed).
AccountSecret parse_kit_code(const crypto::SecretBuffer& text);

// The account secret from whatever a person kept of it: recovery words, a kit's code (white space
// around it is free) or an identity file. Throws Error(malformed).
AccountSecret parse_recovery(const crypto::SecretBuffer& text);

}  // namespace kluis::account
