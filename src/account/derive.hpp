// The labels that tell the uses of an account secret apart, and the texts made of secrets.
#pragma once

#include <kluis/account/secret.hpp>

namespace kluis::account {

inline constexpr std::string_view kX25519Label = "bewijskluis.org/v1/x25519";
inline constexpr std::string_view kEd25519Label = "bewijskluis.org/v1/ed25519";
inline constexpr std::string_view kKeyringLabel = "bewijskluis.org/v1/keyring";
inline constexpr std::string_view kSecretLabel = "bewijskluis.org/v1/secret";
inline constexpr std::string_view kSaltLabel = "bewijskluis.org/v1/salt";

// The parts after one another, never in other memory.
crypto::SecretBuffer join(std::initializer_list<std::string_view> parts);

// The first `count` * 11 bits of `bits` as words with single spaces. REQUIRES: as words_of_bits.
crypto::SecretBuffer words_text(base::ByteView bits, std::size_t count);

// The inverse: `count` words, single-spaced and in lower case, as their bits, padded with zeros to
// whole bytes. Throws Error(malformed), naming the place of a word that is not in the list.
crypto::SecretBuffer bits_of_words(std::string_view text, std::size_t count, std::string_view what);

// ASCII white space.
bool is_space(char c) noexcept;

}  // namespace kluis::account
