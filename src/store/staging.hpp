// How much may be staged: the same for every store.
//
// Thread-safety: pure functions.
#pragma once

#include <store/store.hpp>

namespace kluis::store {

// For how many documents `by` may have payloads staged in the dossier of `state`.
std::uint64_t documents_to_stage(const chain::StateReader& state, const Fingerprint& by,
                                 const StageRules& rules);

// Whether `by` may have so much staged.
bool may_stage(const chain::StateReader& state, const Fingerprint& by, const StagedTotals& totals,
               const StageRules& rules);

}  // namespace kluis::store
