#include "target.hpp"

#include <kluis/statement/card_set.hpp>

using namespace kluis;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const crypto::Ed25519Signer root{crypto::Ed25519Seed()};
    const base::ByteView input(data, size);
    statement::Envelope envelope;
    envelope.payload_type = statement::kCardSetType;
    envelope.payload = base::to_bytes(input);
    envelope.key_id = statement::root_key_id(root.public_key());
    const auto set = fuzz::parsed([&] { return statement::parse_card_set(envelope); });
    if (set) fuzz::require(statement::sign_card_set(*set, root).payload == envelope.payload);
    if (const auto anchors = fuzz::parsed([&] { return statement::parse_anchors(input); })) {
        const base::Bytes encoded = statement::encode(*anchors);
        fuzz::require(statement::encode(statement::parse_anchors(encoded)) == encoded);
    }
    return 0;
}
