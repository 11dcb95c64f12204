// What a server showed before, it must show again. A grantee and a depositor are given a part of
// the chain, of which they cannot see the end; but what says whose the dossier is, and what their
// own card may do in it, only ever becomes more.
//
// Thread-safety: pure functions.
#pragma once

#include <kluis/account/keyring.hpp>
#include <kluis/statement/statement.hpp>

namespace kluis::client {

// Of the statements of such a view, the transfers and all that are about the viewer's own rights:
// the last one's payload hash, and how many they are; nothing if there are none.
std::optional<account::SeenHead> last_right(const std::vector<statement::Signed>& statements);

// Throws Error(forged) if one of those that `seen` counts is missing from `statements`.
void require_shown_again(const std::optional<account::SeenHead>& seen,
                         const std::vector<statement::Signed>& statements);

}  // namespace kluis::client
