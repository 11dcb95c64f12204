// The header of an age file (C2SP age.md, "Header"): text that wraps the file key once for each
// recipient. It does not depend on the payload, so any number of headers can be made for one.
//
// Thread-safety: plain values and pure functions.
#pragma once

#include <kluis/age/seal/recipient.hpp>

namespace kluis::age {

// Larger headers are refused, whatever they hold.
inline constexpr std::size_t kMaxHeaderSize = 1024 * 1024;
inline constexpr std::size_t kMaxStanzas = 4096;

struct HeaderMacTag {
    static constexpr const char* kName = "header MAC";
};
using HeaderMac = base::FixedBytes<HeaderMacTag, 32>;

struct Header {
    std::vector<Stanza> stanzas;
    HeaderMac mac;
};

// The header's bytes, from `age-encryption.org/v1` to the line end after the MAC.
base::Bytes encode(const Header& header);

// `bytes` must be one whole header and nothing else. Throws Error(malformed) on anything that is
// not its one spelling, so that encode(parse_header(x)) == x, and Error(limit) beyond the limits
// above. The MAC is not checked: that needs the file key.
Header parse_header(base::ByteView bytes);

// The MAC that `header`, a whole header, must have under `file_key`. REQUIRES: parse_header accepts
// it.
HeaderMac header_mac(const FileKey& file_key, base::ByteView header);

// A header of `file_key` for these recipients; each call draws new ephemeral keys and salts.
// Throws Error(usage) for no recipient, too many, or one that must be alone and is not.
base::Bytes make_header(const FileKey& file_key, std::span<const Recipient* const> recipients);
base::Bytes make_header(const FileKey& file_key, const Recipient& recipient);

// Throws Error(malformed) unless `header` is a header with exactly one stanza, of type X25519, with
// a share of 32 bytes and a body of 32 bytes: all that a server keeps.
void require_single_x25519_stanza(base::ByteView header);

}  // namespace kluis::age
