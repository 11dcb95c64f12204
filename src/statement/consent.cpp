#include "members.hpp"

#include <kluis/statement/consent.hpp>

namespace kluis::statement {

Envelope sign_consent(const Consent& consent, const crypto::Ed25519Signer& signer) {
    base::Bytes payload = payload_of({{"dossier", to_text(consent.dossier)},
                                      {"from", to_text(consent.from)},
                                      {"salt", base64_json(consent.salt)},
                                      {"to", to_text(consent.to)}});
    return sign(kConsentType, std::move(payload), signer, to_text(consent.to));
}

Consent parse_consent(const Envelope& envelope) {
    if (envelope.payload_type != kConsentType) {
        throw base::Error(base::ErrorKind::malformed, "this is not a consent to a transfer");
    }
    const base::Json json =
        base::parse_canonical_json(envelope.payload, base::JsonText::ascii, "a consent");
    base::JsonMembers members(json, "a consent");
    Consent consent;
    consent.dossier = id_member<DossierId>(members, "dossier");
    consent.from = id_member<Fingerprint>(members, "from");
    consent.to = id_member<Fingerprint>(members, "to");
    consent.salt = base64_member<Salt>(members, "salt");
    members.finish();
    if (envelope.key_id != to_text(consent.to)) {
        throw base::Error(base::ErrorKind::malformed,
                          "a consent's key id is not that of the new owner");
    }
    return consent;
}

}  // namespace kluis::statement
