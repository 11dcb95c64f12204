// What every Store does. A test program defines `Backend` (scene.hpp) in kluis::test, and includes
// this.
#pragma once

#include "scene.hpp"

namespace kluis::test {
using Vault = Scene<Backend>;
}  // namespace kluis::test

#include "conformance_accounts.hpp"
#include "conformance_bundles.hpp"
#include "conformance_chain.hpp"
#include "conformance_erasing.hpp"
#include "conformance_limits.hpp"
#include "conformance_views.hpp"
