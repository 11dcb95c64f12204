#include "unwrap_body.hpp"

#include <kluis/age/open/x25519_identity.hpp>
#include <kluis/base/encoding.hpp>
#include <kluis/base/text.hpp>

namespace kluis::age {
namespace {

using base::Error;
using base::ErrorKind;

constexpr std::string_view kIdentityPrefix = "age-secret-key-";

// Here, since bech32_decode would name the prefix in lower case, and does not know of other types.
void require_prefix(std::string_view text) {
    const std::string_view prefix = text.substr(0, text.rfind('1'));
    if (prefix == "AGE-SECRET-KEY-") return;
    if (prefix.starts_with("AGE-SECRET-KEY-") || prefix.starts_with("AGE-PLUGIN-")) {
        throw Error(ErrorKind::malformed,
                    "the identity is of a type that this program does not know");
    }
    throw Error(ErrorKind::malformed, "the identity does not begin with 'AGE-SECRET-KEY-1'");
}

base::MutableBytes writable(std::string& text) {
    return {reinterpret_cast<std::uint8_t*>(text.data()), text.size()};
}

}  // namespace

X25519Identity::X25519Identity(const crypto::X25519Secret& secret)
    : secret_(secret.duplicate()), public_(crypto::x25519_public(secret_)) {}

X25519Identity X25519Identity::parse(std::string_view text) {
    for (const char c : text) {
        if (c >= 'a' && c <= 'z') {
            throw Error(ErrorKind::malformed, "the identity is not in upper case");
        }
    }
    require_prefix(text);
    base::Bytes bytes = base::bech32_decode(kIdentityPrefix, text, "the identity");
    const crypto::WipeOnExit wipe(bytes);
    return X25519Identity(crypto::X25519Secret::copy_of(bytes));
}

crypto::SecretBuffer X25519Identity::text() const {
    std::string text = base::bech32_encode(kIdentityPrefix, secret_.view());
    const crypto::WipeOnExit wipe(writable(text));
    for (char& c : text) {
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    }
    return crypto::SecretBuffer::copy_of(base::as_bytes(text));
}

std::optional<FileKey> X25519Identity::unwrap(std::span<const Stanza> stanzas) const {
    for (const Stanza& stanza : stanzas) {
        if (stanza.type() != kX25519StanzaType) continue;
        if (auto file_key = unwrap(stanza)) return file_key;
    }
    return std::nullopt;
}

std::optional<FileKey> X25519Identity::unwrap(const Stanza& stanza) const {
    require_form(stanza, 2);
    const auto share = crypto::X25519Public::from(
        base::base64_raw_decode(stanza.arguments[1], "the ephemeral share"));
    const auto shared = crypto::x25519(secret_, share);
    if (!shared) throw Error(ErrorKind::malformed, "the ephemeral share is of low order");
    return unwrap_body(stanza.body, x25519_wrap_key(*shared, share, public_));
}

}  // namespace kluis::age
