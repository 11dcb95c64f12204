#include "replay_check.hpp"

namespace kluis::store {

bool ReplayCheck::add(const statement::Signed& statement) {
    const chain::Verdict verdict = chain::step(state_, statement);
    if (!verdict.accepted()) return false;
    state_.apply(verdict.effects());
    return true;
}

bool ReplayCheck::matches(const chain::State& kept) const {
    return state_.dossier() == kept.dossier() && state_.cards() == kept.cards() &&
           state_.permissions() == kept.permissions() && state_.documents() == kept.documents() &&
           state_.grants() == kept.grants() && state_.seals() == kept.seals();
}

}  // namespace kluis::store
