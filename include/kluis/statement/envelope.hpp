// DSSE v1 envelopes with exactly one Ed25519 signature. Every signed message names its kind: the
// payload type is under the signature (attack 17).
//
// Thread-safety: plain values and pure functions.
#pragma once

#include <kluis/base/json.hpp>
#include <kluis/statement/ids.hpp>

namespace kluis::statement {

inline constexpr std::size_t kEnvelopeLimit = 4 * 1024 * 1024;

inline constexpr std::string_view kStatementType = "application/vnd.bewijskluis.statement.v1+json";
inline constexpr std::string_view kConsentType = "application/vnd.bewijskluis.consent.v1+json";
inline constexpr std::string_view kLoginType = "application/vnd.bewijskluis.login.v1+json";
inline constexpr std::string_view kCredentialsType =
    "application/vnd.bewijskluis.credentials.v1+json";
inline constexpr std::string_view kReaderType = "application/vnd.bewijskluis.reader.v1+json";
inline constexpr std::string_view kCardSetType = "application/vnd.bewijskluis.card-set.v1+json";

struct Envelope {
    std::string payload_type;
    base::Bytes payload;
    std::string key_id;  // compared, never trusted
    crypto::Signature signature;

    friend bool operator==(const Envelope&, const Envelope&) = default;
};

// DSSE's pre-authentication encoding: what is signed.
base::Bytes pre_authentication_encoding(std::string_view payload_type, base::ByteView payload);

Envelope sign(std::string_view payload_type, base::Bytes payload,
              const crypto::Ed25519Signer& signer, std::string key_id);

// Whether the envelope is of `payload_type` and signed by `key`.
[[nodiscard]] bool verify(const Envelope& envelope, std::string_view payload_type,
                          const crypto::Ed25519Public& key);

// {"payload": base64, "payloadType": …, "signatures": [{"keyid": …, "sig": base64}]}.
base::Json to_json(const Envelope& envelope);

// Throws Error(malformed) on another form, more or fewer than one signature, unknown members, types
// or key ids that are not of printable ASCII; Error(limit) if `encode` would.
Envelope parse_envelope(const base::Json& json);

// The canonical bytes of an envelope, and their inverse. Throws Error(limit) above kEnvelopeLimit.
base::Bytes encode(const Envelope& envelope);
Envelope parse_envelope(base::ByteView bytes);

// SHA-256 of the payload: what `previous` names.
Digest payload_hash(const Envelope& envelope);

// The log's entry for an accepted statement:
// SHA-256("bewijskluis.org/v1/leaf" || signature || payload).
Digest log_entry(const Envelope& envelope);

}  // namespace kluis::statement
