// The repository's keys/anchors.json, as it was when this program was built.
#pragma once

#include <kluis/base/bytes.hpp>

namespace kluis::client {

base::ByteView builtin_anchors() noexcept;

}  // namespace kluis::client
