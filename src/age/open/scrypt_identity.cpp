#include "unwrap_body.hpp"

#include <kluis/age/open/scrypt_identity.hpp>
#include <kluis/base/encoding.hpp>

namespace kluis::age {
namespace {

using base::Error;
using base::ErrorKind;

// More digits are a work factor beyond any limit.
constexpr std::size_t kMostDigits = 3;

unsigned parse_work_factor(std::string_view text) {
    const bool digits = text.find_first_not_of("0123456789") == std::string_view::npos;
    if (!digits || text.starts_with('0')) {
        throw Error(ErrorKind::malformed, "the work factor is not a decimal number");
    }
    unsigned value = 0;
    for (const char c : text.substr(0, kMostDigits))
        value = value * 10 + static_cast<unsigned>(c - '0');
    return value;
}

}  // namespace

ScryptIdentity::ScryptIdentity(crypto::SecretBuffer passphrase, unsigned max_work_factor)
    : passphrase_(std::move(passphrase)), max_work_factor_(max_work_factor) {}

std::optional<FileKey> ScryptIdentity::unwrap(std::span<const Stanza> stanzas) const {
    for (const Stanza& stanza : stanzas) {
        if (stanza.type() != kScryptStanzaType) continue;
        if (stanzas.size() > 1) {
            throw Error(ErrorKind::malformed,
                        "the header combines a passphrase with other recipients");
        }
        require_form(stanza, 3);
        const base::Bytes salt = base::base64_raw_decode(stanza.arguments[1], "the salt");
        if (salt.size() != kScryptSaltSize) {
            throw Error(ErrorKind::malformed, "the salt is not 16 bytes long");
        }
        const unsigned work_factor = parse_work_factor(stanza.arguments[2]);
        if (work_factor > max_work_factor_) {
            throw Error(ErrorKind::limit, "the header asks for too much work");
        }
        return unwrap_body(stanza.body, scrypt_wrap_key(passphrase_, salt, work_factor));
    }
    return std::nullopt;
}

}  // namespace kluis::age
