#include "members.hpp"

#include <kluis/statement/login.hpp>

namespace kluis::statement {

using base::Error;
using base::ErrorKind;

Envelope sign_credentials(const Credentials& credentials,
                          const crypto::Ed25519Signer& card_signer) {
    base::Json::Object members{{"fingerprint", to_text(credentials.fingerprint)},
                               {"handle", credentials.handle.text},
                               {"login", base64_json(credentials.login)},
                               {"secret", hex_json(credentials.secret)},
                               {"time", base::to_string(credentials.time)}};
    if (credentials.previous) members["previous"] = hex_json(*credentials.previous);
    return sign(kCredentialsType, payload_of(std::move(members)), card_signer,
                to_text(credentials.fingerprint));
}

Credentials parse_credentials(const Envelope& envelope) {
    if (envelope.payload_type != kCredentialsType) {
        throw Error(ErrorKind::malformed, "this does not set a login key");
    }
    const base::Json json =
        base::parse_canonical_json(envelope.payload, base::JsonText::ascii, "credentials");
    base::JsonMembers members(json, "credentials");
    Credentials credentials;
    credentials.fingerprint = id_member<Fingerprint>(members, "fingerprint");
    credentials.handle = parse_handle(members.string("handle"));
    credentials.login = base64_member<crypto::Ed25519Public>(members, "login");
    credentials.secret = hex_member<Digest>(members, "secret");
    credentials.time = time_member(members, "time");
    credentials.previous = optional_member(members, "previous", hex_member<Digest>);
    members.finish();
    if (envelope.key_id != to_text(credentials.fingerprint)) {
        throw Error(ErrorKind::malformed, "the key id of credentials is not the card's");
    }
    return credentials;
}

void check_credentials(const Envelope& next, const Card& card, const Envelope* current) {
    const auto forged = [](const char* why) { return Error(ErrorKind::forged, why); };
    const Credentials changed = parse_credentials(next);
    if (changed.fingerprint != fingerprint(card)) {
        throw forged("the login key was set for another card");
    }
    if (!verify(next, kCredentialsType, card.signing)) {
        throw forged("the login key was not set by the account's card");
    }
    if (!current) {
        if (changed.previous) throw forged("the first login key names one before it");
        return;
    }
    const Credentials before = parse_credentials(*current);
    if (changed.previous != payload_hash(*current)) {
        throw forged("the login key does not follow the one before it");
    }
    if (changed.handle != before.handle) throw forged("the login key is for another handle");
    if (changed.time < before.time) {
        throw forged("the login key is older than the one before it");
    }
}

}  // namespace kluis::statement
