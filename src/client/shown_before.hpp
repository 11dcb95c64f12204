// What a server showed before, it must show again. A grantee and a depositor are given a part of
// the chain, of which they cannot see the end; but what says whose the dossier is, and what their
// own card may do in it, only ever becomes more. Who does both is given two parts, and both have
// all owners: what one has shown of them, the other must not hide.
//
// Thread-safety: pure functions.
#pragma once

#include <kluis/account/keyring.hpp>
#include <kluis/statement/statement.hpp>

namespace kluis::client {

// Of the statements of such a view, the transfers and all that are about the viewer's own rights:
// the last one's payload hash, and how many they are; nothing if there are none.
std::optional<account::SeenHead> last_right(const std::vector<statement::Signed>& statements);

// The card of an owner that such a view names, the present one or a former; nothing if it does not.
std::optional<statement::Card> named_owner(const std::vector<statement::Signed>& statements,
                                           const statement::Fingerprint& owner);

// Throws Error(forged) if one of those that `seen` counts is missing from `statements`, or the one
// by which `owner`, whom any view has shown, became the owner.
void require_shown_again(const std::optional<account::SeenHead>& seen,
                         const std::optional<statement::Card>& owner,
                         const std::vector<statement::Signed>& statements);

}  // namespace kluis::client
