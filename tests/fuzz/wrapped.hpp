// An input as the payload of an envelope, for the parsers that take one.
#pragma once

#include "target.hpp"

#include <kluis/statement/envelope.hpp>

namespace kluis::fuzz {

// The envelope of `type` with this payload, under the key id that the payload itself has as `name`.
inline statement::Envelope wrapped(std::string_view type, base::ByteView payload,
                                   std::string_view name) {
    statement::Envelope envelope;
    envelope.payload_type = type;
    envelope.payload = base::to_bytes(payload);
    const auto json =
        parsed([&] { return base::parse_canonical_json(payload, base::JsonText::ascii, "input"); });
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

}  // namespace kluis::fuzz
