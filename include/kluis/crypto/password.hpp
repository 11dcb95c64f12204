// Keys from passphrases: Argon2id (RFC 9106) for unlocking an account, scrypt (RFC 7914) for age's
// passphrase recipients.
//
// Thread-safety: all functions. Each call takes the memory it says and is slow on purpose; where that
// memory is not to be had it throws Error(limit).
#pragma once

#include <kluis/crypto/secret.hpp>

namespace kluis::crypto {

struct Argon2idOutputTag {
    static constexpr const char* kName = "unlocking key";
};
using Argon2idOutput = SecretBytes<Argon2idOutputTag, 64>;

// Argon2id v1.3 with 64 MiB, 3 passes, 1 lane: fixed by the format's version, read from nowhere
// (attack 3). REQUIRES: salt.size() == 16.
Argon2idOutput argon2id(base::ByteView passphrase, base::ByteView salt);

struct ScryptKeyTag {
    static constexpr const char* kName = "scrypt key";
};
using ScryptKey = SecretBytes<ScryptKeyTag, 32>;

// scrypt with N = 2^work_factor, r = 8, p = 1 (C2SP age.md); takes 2^(work_factor + 10) bytes.
// REQUIRES: 1 <= work_factor <= 22.
ScryptKey scrypt(base::ByteView passphrase, base::ByteView salt, unsigned work_factor);

}  // namespace kluis::crypto
