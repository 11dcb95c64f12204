// Logging in by signing a challenge, and replacing the login key and the sealed secret.
//
// Thread-safety: plain values and pure functions.
#pragma once

#include <kluis/base/time.hpp>
#include <kluis/statement/card.hpp>
#include <kluis/statement/envelope.hpp>

#include <optional>
#include <variant>

namespace kluis::statement {

struct ChallengeTag {
    static constexpr const char* kName = "challenge";
};
using Challenge = base::FixedBytes<ChallengeTag, 32>;

// Four words joined by hyphens; parse_handle throws Error(malformed) on anything else.
struct Handle {
    std::string text;
    friend auto operator<=>(const Handle&, const Handle&) = default;
};
Handle parse_handle(std::string_view text);
Handle random_handle();

// Who logs in: an account by its login key, or a card by its signing key.
using LoginName = std::variant<Handle, Fingerprint>;

struct Login {
    std::string origin;  // that the client itself connected to: `https://host[:port]`
    Challenge challenge;
    LoginName who;
};

Envelope sign_login(const Login& login, const crypto::Ed25519Signer& signer);
// Form only, the key id being `who`; throws Error(malformed).
Login parse_login(const Envelope& envelope);

// Whether `text` is an origin as RFC 6454 section 6.2 serialises it, in ASCII: scheme http or
// https, lower case, no default port, no path.
bool is_origin(std::string_view text);

// A login key and sealed secret as set by the card. Each names the one before it.
struct Credentials {
    Fingerprint fingerprint;
    Handle handle;
    crypto::Ed25519Public login;
    Digest secret;  // SHA-256 of the sealed secret
    base::Time time;
    std::optional<Digest> previous;  // payload hash of the one before; absent in the first
};

Envelope sign_credentials(const Credentials& credentials, const crypto::Ed25519Signer& card_signer);
// Form only, the key id being `fingerprint`; throws Error(malformed).
Credentials parse_credentials(const Envelope& envelope);

// Throws Error(forged) unless `next` is signed by `card`, is about it, and follows `current` (null
// for the first): its hash as `previous`, the same handle, `time` not before.
void check_credentials(const Envelope& next, const Card& card, const Envelope* current);

}  // namespace kluis::statement
