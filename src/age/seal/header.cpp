#include "header_lines.hpp"

#include <kluis/age/seal/header.hpp>
#include <kluis/base/encoding.hpp>
#include <kluis/crypto/hash.hpp>

namespace kluis::age {
namespace {

using base::Error;
using base::ErrorKind;

constexpr std::string_view kMacLabel = "header";

struct MacKeyTag {
    static constexpr const char* kName = "header MAC key";
};
using MacKey = crypto::SecretBytes<MacKeyTag, 32>;

void append_stanza(base::Bytes& out, const Stanza& stanza) {
    out.push_back('-');
    out.push_back('>');
    for (const std::string& argument : stanza.arguments) {
        out.push_back(' ');
        base::append(out, argument);
    }
    out.push_back('\n');
    const std::string body = base::base64_raw_encode(stanza.body);
    std::string_view rest = body;
    for (;;) {
        const std::string_view line = rest.substr(0, kBodyColumns);
        base::append(out, line);
        out.push_back('\n');
        if (line.size() < kBodyColumns) return;
        rest.remove_prefix(line.size());
    }
}

// All that the MAC covers.
base::Bytes encode_stanzas(std::span<const Stanza> stanzas) {
    base::Bytes out = base::to_bytes(kVersionLine);
    out.push_back('\n');
    for (const Stanza& stanza : stanzas)
        append_stanza(out, stanza);
    base::append(out, kMacMark);
    return out;
}

void append_mac(base::Bytes& out, const HeaderMac& mac) {
    out.push_back(' ');
    base::append(out, base::base64_raw_encode(mac));
    out.push_back('\n');
}

HeaderMac mac_of(const FileKey& file_key, base::ByteView covered) {
    const auto key = crypto::hkdf_sha256<MacKey>(file_key.view(), {}, kMacLabel);
    return HeaderMac::from(crypto::hmac_sha256(key.view(), covered));
}

}  // namespace

base::Bytes encode(const Header& header) {
    base::Bytes out = encode_stanzas(header.stanzas);
    append_mac(out, header.mac);
    return out;
}

HeaderMac header_mac(const FileKey& file_key, base::ByteView header) {
    return mac_of(file_key, header.first(header.size() - kMacTextSize - 2));
}

base::Bytes make_header(const FileKey& file_key, std::span<const Recipient* const> recipients) {
    if (recipients.empty()) throw Error(ErrorKind::usage, "there is no recipient");
    if (recipients.size() > kMaxStanzas) throw Error(ErrorKind::usage, "too many recipients");
    std::vector<Stanza> stanzas;
    for (const Recipient* recipient : recipients) {
        if (recipient->must_be_alone() && recipients.size() > 1) {
            throw Error(ErrorKind::usage, "a passphrase cannot be combined with other recipients");
        }
        stanzas.push_back(recipient->wrap(file_key));
    }
    base::Bytes out = encode_stanzas(stanzas);
    append_mac(out, mac_of(file_key, out));
    return out;
}

base::Bytes make_header(const FileKey& file_key, const Recipient& recipient) {
    const Recipient* const recipients[] = {&recipient};
    return make_header(file_key, recipients);
}

void require_single_x25519_stanza(base::ByteView header) {
    const Header parsed = parse_header(header);
    const Stanza& stanza = parsed.stanzas.front();
    if (parsed.stanzas.size() != 1 || stanza.type() != kX25519StanzaType) {
        throw Error(ErrorKind::malformed, "the header is not for exactly one X25519 recipient");
    }
    if (stanza.arguments.size() != 2 || stanza.body.size() != kWrappedFileKeySize) {
        throw Error(ErrorKind::malformed, "the header's X25519 stanza is malformed");
    }
    static_cast<void>(crypto::X25519Public::from(
        base::base64_raw_decode(stanza.arguments[1], "the ephemeral share")));
}

}  // namespace kluis::age
