// What a new owner checks of a handover.
//
// Thread-safety: pure functions.
#pragma once

#include <kluis/chain/replay.hpp>

#include <optional>

namespace kluis::client {

// Whether the headers that an owner is given are exactly those that the last transfer of the chain
// lists: `headers` has the digest of the header of every document that the owner is given. Nothing
// if there was no transfer, or if a document that stood at it was erased since: its header is gone.
std::optional<bool> headers_are_of_transfer(
    const chain::Replay& replay, const std::map<statement::DocumentId, statement::Digest>& headers);

// Who handed the dossier over last, if anybody did.
std::optional<statement::Fingerprint> handed_over_by(const chain::Replay& replay);

}  // namespace kluis::client
