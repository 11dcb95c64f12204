#include "judge.hpp"

namespace kluis::chain {

Verdict judge_as_owner(const Case& it, const statement::BundleSeal& act) {
    if (it.state.seal(act.bundle)) return Reason::bundle_used;
    if (it.scope == Scope::whole && act.supplements && !it.state.seal(*act.supplements)) {
        return Reason::unknown_bundle;
    }
    Effects effects = it.effects();
    effects.seals = {{act.bundle, it.statement.hash, act.documents, act.manifest, act.recipients,
                      act.set, act.supplements}};
    return effects;
}

}  // namespace kluis::chain
