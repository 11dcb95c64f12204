// JSON hidden in its length: followed by spaces up to a power of two.
#pragma once

#include <kluis/base/json.hpp>

namespace kluis::dossier {

// Throws Error(limit) if the canonical JSON is longer than kMostMetadata; `what` names it.
base::Bytes pad_json(const base::Json& json, std::string_view what);

// The inverse. Throws Error(malformed) on another length than pad_json would have given, on
// anything but spaces after the object, or if it is not canonical JSON.
base::Json unpad_json(base::ByteView padded, std::string_view what);

}  // namespace kluis::dossier
