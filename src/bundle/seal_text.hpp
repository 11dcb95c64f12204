// The plaintext of seal.age: one line, {"envelope": …}. docs/format.md, "Members".
//
// Thread-safety: pure functions.
#pragma once

#include <kluis/base/stream.hpp>
#include <kluis/statement/statement.hpp>

namespace kluis::bundle {

std::string encode_seal(const statement::Envelope& seal);

// The statement in `plain`, which is read to its end: parsed, not verified. Throws Error(malformed)
// on anything but the one spelling.
statement::Signed parse_seal(base::Reader& plain);

}  // namespace kluis::bundle
