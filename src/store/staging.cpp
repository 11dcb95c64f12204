#include "staging.hpp"

namespace kluis::store {

std::uint64_t documents_to_stage(const chain::StateReader& state, const Fingerprint& by,
                                 const StageRules& rules) {
    const auto permission = state.permission(by);
    const auto dossier = state.dossier();
    const bool owner = dossier && dossier->owner == by;
    if (owner || !permission || !permission->count) return rules.documents;
    if (permission->used >= *permission->count) return 0;
    return std::min(rules.documents, *permission->count - permission->used + rules.spare);
}

bool may_stage(const chain::StateReader& state, const Fingerprint& by, const StagedTotals& totals,
               const StageRules& rules) {
    return totals.documents <= documents_to_stage(state, by, rules) && totals.bytes <= rules.bytes;
}

}  // namespace kluis::store
