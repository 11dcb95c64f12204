// The consent of a new owner, made before a transfer.
//
// Thread-safety: plain values and pure functions.
#pragma once

#include <kluis/statement/envelope.hpp>

namespace kluis::statement {

struct Consent {
    DossierId dossier;
    Fingerprint from;  // the present owner
    Fingerprint to;    // the new owner, who signs
    Salt salt;
};

Envelope sign_consent(const Consent& consent, const crypto::Ed25519Signer& signer);

// Form only, the key id being that of `to`; throws Error(malformed). Whose signature it is, is for
// `verify` to say.
Consent parse_consent(const Envelope& envelope);

}  // namespace kluis::statement
