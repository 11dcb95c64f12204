#include "wrapped.hpp"

#include <kluis/statement/consent.hpp>

using namespace kluis;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const crypto::Ed25519Signer signer{crypto::Ed25519Seed()};
    const auto envelope = fuzz::wrapped(statement::kConsentType, {data, size}, "to");
    const auto consent = fuzz::parsed([&] { return statement::parse_consent(envelope); });
    if (!consent) return 0;
    const auto again = statement::sign_consent(*consent, signer);
    fuzz::require(again.payload == envelope.payload);
    fuzz::require(again.key_id == envelope.key_id);
    return 0;
}
