// The repository's keys/anchors.json and keys/cards.json, as they were when this program was built.
#pragma once

#include <kluis/base/bytes.hpp>

namespace kluis::client {

base::ByteView builtin_anchors() noexcept;
// Empty where there was none.
base::ByteView builtin_cards() noexcept;

}  // namespace kluis::client
