#include "replay_check.hpp"

namespace kluis::store {

bool ReplayCheck::add(const statement::Signed& statement) {
    const chain::Verdict verdict = chain::step(state_, statement);
    if (!verdict.accepted()) return false;
    state_.apply(verdict.effects());
    return true;
}

bool ReplayCheck::matches(const chain::State& kept) const {
    return state_ == kept;
}

}  // namespace kluis::store
