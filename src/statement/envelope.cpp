#include "members.hpp"

#include <kluis/statement/envelope.hpp>

namespace kluis::statement {

using base::Bytes;
using base::ByteView;
using base::Error;
using base::ErrorKind;
using base::Json;

namespace {

constexpr std::string_view kPreAuthenticationVersion = "DSSEv1";
constexpr std::string_view kLeafLabel = "bewijskluis.org/v1/leaf";

void append_counted(Bytes& out, ByteView bytes) {
    base::append(out, " " + std::to_string(bytes.size()) + " ");
    base::append(out, bytes);
}

void require_printable(std::string_view text, std::string_view what) {
    if (!std::ranges::all_of(text, [](char c) { return c >= 0x20 && c <= 0x7e; })) {
        throw Error(ErrorKind::malformed, std::string(what) + " is not of printable ASCII");
    }
}

void require_within_limit(std::size_t size) {
    if (size > kEnvelopeLimit) {
        throw Error(ErrorKind::limit, "a signed message is larger than 4 MiB");
    }
}

// What `encode` makes, without making it. REQUIRES: types and key id are printable.
std::size_t encoded_size(const Envelope& envelope) {
    const Envelope frame{envelope.payload_type, {}, envelope.key_id, envelope.signature};
    const std::size_t around = base::canonical_json(to_json(frame), base::JsonText::ascii).size();
    return around + (envelope.payload.size() + 2) / 3 * 4;
}

}  // namespace

Bytes pre_authentication_encoding(std::string_view payload_type, ByteView payload) {
    Bytes encoded = base::to_bytes(kPreAuthenticationVersion);
    append_counted(encoded, base::as_bytes(payload_type));
    append_counted(encoded, payload);
    return encoded;
}

Envelope sign(std::string_view payload_type, Bytes payload, const crypto::Ed25519Signer& signer,
              std::string key_id) {
    const auto signature = signer.sign(pre_authentication_encoding(payload_type, payload));
    return {std::string(payload_type), std::move(payload), std::move(key_id), signature};
}

bool verify(const Envelope& envelope, std::string_view payload_type,
            const crypto::Ed25519Public& key) {
    return envelope.payload_type == payload_type &&
           crypto::verify(key, pre_authentication_encoding(payload_type, envelope.payload),
                          envelope.signature);
}

Json to_json(const Envelope& envelope) {
    const Json signature{{"keyid", envelope.key_id}, {"sig", base64_json(envelope.signature)}};
    return {{"payload", base64_json(envelope.payload)},
            {"payloadType", envelope.payload_type},
            {"signatures", Json::Array{signature}}};
}

Envelope parse_envelope(const Json& json) {
    base::JsonMembers members(json, "an envelope");
    Envelope envelope;
    envelope.payload = base::base64_decode(members.string("payload"), "payload");
    envelope.payload_type = members.string("payloadType");
    require_printable(envelope.payload_type, "payloadType");
    const Json::Array& signatures = members.required("signatures").array("signatures");
    members.finish();
    if (signatures.size() != 1) {
        throw Error(ErrorKind::malformed, "an envelope does not have exactly one signature");
    }
    base::JsonMembers signature(signatures.front(), "a signature");
    envelope.key_id = signature.string("keyid");
    require_printable(envelope.key_id, "keyid");
    envelope.signature = base64_member<crypto::Signature>(signature, "sig");
    signature.finish();
    // Of its canonical encoding, whatever the JSON that it came in.
    require_within_limit(encoded_size(envelope));
    return envelope;
}

Bytes encode(const Envelope& envelope) {
    Bytes bytes = base::to_bytes(base::canonical_json(to_json(envelope), base::JsonText::ascii));
    require_within_limit(bytes.size());
    return bytes;
}

Envelope parse_envelope(ByteView bytes) {
    require_within_limit(bytes.size());
    return parse_envelope(base::parse_canonical_json(bytes, base::JsonText::ascii, "an envelope"));
}

Digest payload_hash(const Envelope& envelope) {
    return crypto::sha256(envelope.payload);
}

Digest log_entry(const Envelope& envelope) {
    return crypto::sha256({base::as_bytes(kLeafLabel), envelope.signature, envelope.payload});
}

}  // namespace kluis::statement
