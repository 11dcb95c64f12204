#include "target.hpp"

#include <kluis/statement/login.hpp>

using namespace kluis;

namespace {

// The envelope of `type` with this payload, under the key id that the payload itself names.
statement::Envelope wrapped(std::string_view type, base::ByteView payload, std::string_view name) {
    statement::Envelope envelope;
    envelope.payload_type = type;
    envelope.payload = base::to_bytes(payload);
    const auto json = fuzz::parsed(
        [&] { return base::parse_canonical_json(payload, base::JsonText::ascii, "input"); });
    if (!json) return envelope;
    const auto* members = std::get_if<base::Json::Object>(&json->variant());
    if (!members) return envelope;
    const auto found = members->find(name);
    if (found == members->end()) return envelope;
    if (const auto* text = std::get_if<std::string>(&found->second.variant())) {
        envelope.key_id = *text;
    }
    return envelope;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const crypto::Ed25519Signer signer{crypto::Ed25519Seed()};
    const base::ByteView payload(data, size);
    for (const char* name : {"handle", "fingerprint"}) {
        const auto envelope = wrapped(statement::kLoginType, payload, name);
        const auto login = fuzz::parsed([&] { return statement::parse_login(envelope); });
        if (!login) continue;
        fuzz::require(statement::is_origin(login->origin));
        fuzz::require(statement::sign_login(*login, signer).payload == envelope.payload);
    }
    const auto envelope = wrapped(statement::kCredentialsType, payload, "fingerprint");
    const auto credentials = fuzz::parsed([&] { return statement::parse_credentials(envelope); });
    if (credentials) {
        fuzz::require(statement::sign_credentials(*credentials, signer).payload ==
                      envelope.payload);
    }
    return 0;
}
