#include "unwrap_body.hpp"

#include <kluis/age/open/identity.hpp>

#include <algorithm>

namespace kluis::age {
namespace {

using base::Error;
using base::ErrorKind;

bool is_scrypt(const Stanza& stanza) {
    return stanza.type() == kScryptStanzaType;
}

[[noreturn]] void throw_no_match(const Header& header, bool tried) {
    if (!is_for_passphrase(header)) {
        throw Error(ErrorKind::wrong_key, "none of the identities opens this file");
    }
    throw Error(ErrorKind::wrong_key,
                tried ? "the passphrase is wrong" : "this file is opened with a passphrase");
}

}  // namespace

std::optional<FileKey> unwrap_body(base::ByteView body, const crypto::AeadKey& wrap_key) {
    FileKey file_key;
    crypto::ChaCha20Poly1305 cipher(wrap_key);
    if (!cipher.open(crypto::ChaChaNonce(), body, file_key.writable())) return std::nullopt;
    return file_key;
}

void require_form(const Stanza& stanza, std::size_t arguments) {
    if (stanza.arguments.size() != arguments) {
        throw Error(ErrorKind::malformed,
                    "the header's " + stanza.type() + " stanza has a wrong number of arguments");
    }
    if (stanza.body.size() != kWrappedFileKeySize) {
        throw Error(ErrorKind::malformed,
                    "the header's " + stanza.type() + " stanza does not wrap a file key");
    }
}

bool is_for_passphrase(const Header& header) {
    return std::ranges::any_of(header.stanzas, is_scrypt);
}

FileKey unwrap(base::ByteView header, std::span<const Identity* const> identities) {
    const Header parsed = parse_header(header);
    if (is_for_passphrase(parsed) && parsed.stanzas.size() > 1) {
        throw Error(ErrorKind::malformed, "the header combines a passphrase with other recipients");
    }
    for (const Identity* identity : identities) {
        std::optional<FileKey> file_key = identity->unwrap(parsed.stanzas);
        if (!file_key) continue;
        if (!crypto::equal_secrets(header_mac(*file_key, header), parsed.mac)) {
            throw Error(ErrorKind::forged, "the header was altered");
        }
        return *std::move(file_key);
    }
    throw_no_match(parsed, !identities.empty());
}

FileKey unwrap(base::ByteView header, const Identity& identity) {
    const Identity* const identities[] = {&identity};
    return unwrap(header, identities);
}

}  // namespace kluis::age
