#include "judge.hpp"

namespace kluis::chain {

Verdict judge_as_owner(const Case& it, const statement::DepositorAllow& act) {
    const Fingerprint depositor = statement::fingerprint(act.card);
    if (depositor == it.dossier.owner) return Reason::already_allowed;
    const auto earlier = it.state.permission(depositor);
    if (earlier && earlier->stands_at(it.time())) return Reason::already_allowed;
    if (act.until && *act.until <= it.time()) return Reason::until_passed;

    Permission permission;
    permission.depositor = depositor;
    permission.allowed_by = it.statement.hash;
    permission.from = it.time();
    permission.until = act.until;
    permission.count = act.count;
    permission.link = act.link;
    Effects effects = it.effects();
    effects.cards = {act.card};
    effects.permissions = {permission};
    return effects;
}

Verdict judge_as_owner(const Case& it, const statement::DepositorRemove& act) {
    auto permission = it.state.permission(act.depositor);
    if (!permission || !permission->stands_at(it.time())) return Reason::not_allowed;
    permission->removed = true;
    Effects effects = it.effects();
    effects.permissions = {*permission};
    return effects;
}

}  // namespace kluis::chain
