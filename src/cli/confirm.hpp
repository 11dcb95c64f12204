// Asking a person whether to go on with what cannot be undone.
//
// Thread-safety: one thread at a time.
#pragma once

#include <cli/context.hpp>

#include <string>

namespace kluis::cli {

// Before anything is done: throws Error(usage), saying `what` it does, unless --yes was given or a
// person can be asked: at a terminal, and not with --json or a passphrase file, as scripts do.
void require_sure(const Context& context, bool yes, const std::string& what);

// Asks at the terminal, unless --yes was given; `what` as above, naming what it is done to. Throws
// Error(usage) on any answer but `yes`.
void confirm(const Context& context, bool yes, const std::string& what);

}  // namespace kluis::cli
