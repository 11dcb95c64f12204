// Text encodings of bytes. Each decoder accepts exactly one spelling: encode(decode(x)) == x.
//
// Decoders throw Error(malformed) on anything else; `what` names the value in the message.
// Thread-safety: pure functions.
#pragma once

#include <kluis/base/bytes.hpp>

namespace kluis::base {

// Lower-case hexadecimal.
std::string hex_encode(ByteView bytes);
// The same, written to the beginning of `out`: where a secret's text may lie nowhere else.
// REQUIRES: out is at least twice as long as `bytes`.
void hex_encode_to(MutableBytes out, ByteView bytes);
Bytes hex_decode(std::string_view text, std::string_view what);

// RFC 4648 section 4, padded, canonical (unused bits zero).
std::string base64_encode(ByteView bytes);
Bytes base64_decode(std::string_view text, std::string_view what);

// The same alphabet without padding, as age writes it in headers (C2SP age.md).
std::string base64_raw_encode(ByteView bytes);
Bytes base64_raw_decode(std::string_view text, std::string_view what);

// RFC 4648 section 6 in lower case, unpadded, canonical.
std::string base32_encode(ByteView bytes);
Bytes base32_decode(std::string_view text, std::string_view what);

// Bech32 (BIP 173, without its limit of 90 characters, as age uses it). Encodes in lower case.
// `bech32_decode` accepts all-lower or all-upper case, never mixed, and throws unless the
// human-readable part is `hrp`, which is compared in lower case.
std::string bech32_encode(std::string_view hrp, ByteView bytes);
Bytes bech32_decode(std::string_view hrp, std::string_view text, std::string_view what);

// FixedBytes from text, as one call.
template <class Fixed>
Fixed from_base32(std::string_view text, std::string_view what) {
    return Fixed::from(base32_decode(text, what));
}
template <class Fixed>
Fixed from_hex(std::string_view text, std::string_view what) {
    return Fixed::from(hex_decode(text, what));
}
template <class Fixed>
Fixed from_base64(std::string_view text, std::string_view what) {
    return Fixed::from(base64_decode(text, what));
}

}  // namespace kluis::base
