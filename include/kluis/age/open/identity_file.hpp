// Identity files: one `AGE-SECRET-KEY-1…` per line, comments (`#`) and blank lines between, as
// `age-keygen` writes them; and the same as a passphrase-protected age file, as `age -p` writes it.
//
// Thread-safety: pure functions.
#pragma once

#include <kluis/age/open/x25519_identity.hpp>

namespace kluis::age {

inline constexpr std::size_t kMaxIdentityFileSize = 1024 * 1024;

struct IdentityFile {
    std::vector<X25519Identity> identities;
    // The comment lines from `#` on, in their order: views into the text that was parsed.
    std::vector<std::string_view> comments;
};

// Lines end with LF or CRLF, the last one may lack it. Throws Error(malformed), naming the line, on
// any other line, and if there is no identity; Error(limit) above the size above.
IdentityFile parse_identity_file(const crypto::SecretBuffer& text);

// Whether `file` is an age file, armored or not, and so must be opened before it is parsed.
bool is_encrypted_identity_file(base::ByteView file);

// The text of a passphrase-protected identity file. Throws Error(wrong_key) on a wrong passphrase,
// Error(malformed), Error(forged) or Error(limit).
crypto::SecretBuffer open_identity_file(base::ByteView file, const Identity& passphrase);

}  // namespace kluis::age
