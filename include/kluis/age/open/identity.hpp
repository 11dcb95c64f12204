// Identities: who can unwrap a file key (C2SP age.md, "Native recipient types").
//
// Thread-safety: immutable after construction; any number of threads may unwrap at once.
#pragma once

#include <kluis/age/seal/header.hpp>

#include <optional>

namespace kluis::age {

class Identity {
  public:
    virtual ~Identity() = default;

    // The file key that one of `stanzas`, all those of a header, wraps for this identity; nothing
    // if none does. Throws Error(malformed) if a stanza of its type is not as the specification
    // says, or Error(limit).
    virtual std::optional<FileKey> unwrap(std::span<const Stanza> stanzas) const = 0;
};

// Whether a header is for a passphrase.
bool is_for_passphrase(const Header& header);

// The file key of `header`, a whole header, with the first identity that it is for; its MAC is
// checked. Throws Error(wrong_key) if it is for none of them, Error(forged) if the MAC is not the
// header's, Error(malformed) or Error(limit).
FileKey unwrap(base::ByteView header, std::span<const Identity* const> identities);
FileKey unwrap(base::ByteView header, const Identity& identity);

}  // namespace kluis::age
