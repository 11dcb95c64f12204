#include "wrapped.hpp"

#include <kluis/statement/login.hpp>

using namespace kluis;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const crypto::Ed25519Signer signer{crypto::Ed25519Seed()};
    const base::ByteView payload(data, size);
    for (const char* name : {"handle", "fingerprint"}) {
        const auto envelope = fuzz::wrapped(statement::kLoginType, payload, name);
        const auto login = fuzz::parsed([&] { return statement::parse_login(envelope); });
        if (!login) continue;
        fuzz::require(statement::is_origin(login->origin));
        fuzz::require(statement::sign_login(*login, signer).payload == envelope.payload);
    }
    const auto envelope = fuzz::wrapped(statement::kCredentialsType, payload, "fingerprint");
    const auto credentials = fuzz::parsed([&] { return statement::parse_credentials(envelope); });
    if (credentials) {
        fuzz::require(statement::sign_credentials(*credentials, signer).payload ==
                      envelope.payload);
    }
    return 0;
}
