#include "judge.hpp"

#include <kluis/chain/step.hpp>

namespace kluis::chain {

using statement::Signed;

namespace {

DossierState following(const DossierState& dossier, const Signed& statement) {
    DossierState next = dossier;
    next.head = statement.hash;
    ++next.length;
    return next;
}

Verdict open_dossier(const Signed& statement) {
    const auto* create = std::get_if<statement::DossierCreate>(&statement.statement.act);
    if (!create) return Reason::no_dossier;
    if (!is_signed_by(statement, create->card)) return Reason::bad_signature;
    Effects effects;
    effects.dossier.id = statement::dossier_id(statement);
    effects.dossier.jurisdiction = create->jurisdiction;
    effects.dossier.owner = statement.statement.actor;
    effects.dossier.head = statement.hash;
    effects.dossier.length = 1;
    effects.dossier.last = statement.statement.time;
    effects.cards = {create->card};
    return effects;
}

// What ends the chain, if anything does.
std::optional<Reason> fault_of_link(const Case& it) {
    const statement::Statement& statement = it.statement.statement;
    if (std::holds_alternative<statement::DossierCreate>(statement.act)) {
        return Reason::second_create;
    }
    if (statement.dossier != it.dossier.id) return Reason::other_dossier;
    if (std::holds_alternative<statement::BundleAcknowledge>(statement.act)) {
        return Reason::outside_chain;
    }
    if (it.scope == Scope::whole && statement.previous != it.dossier.head) {
        return Reason::broken_link;
    }
    const auto card = it.state.card(statement.actor);
    if (!card) return Reason::unknown_actor;
    if (!is_signed_by(it.statement, *card)) return Reason::bad_signature;
    return std::nullopt;
}

struct Judge {
    const Case& it;

    Verdict operator()(const statement::DossierCreate&) const { return Reason::second_create; }
    Verdict operator()(const statement::BundleAcknowledge&) const { return Reason::outside_chain; }
    Verdict operator()(const statement::DocumentDeposit& act) const { return judge(it, act); }
    Verdict operator()(const statement::DocumentErase& act) const { return judge(it, act); }
    template <class Act>
    Verdict operator()(const Act& act) const {
        if (!it.by_owner()) return Reason::not_owner;
        return judge_as_owner(it, act);
    }
};

Verdict step_within(const StateReader& state, const Signed& statement, Scope scope) {
    const auto dossier = state.dossier();
    if (!dossier) return open_dossier(statement);
    const Case it{state, *dossier, statement, scope};
    if (const auto fault = fault_of_link(it)) return *fault;
    if (dossier->erased) return Reason::dossier_erased;
    if (it.time() < dossier->last) return Reason::time_runs_back;
    return std::visit(Judge{it}, statement.statement.act);
}

}  // namespace

std::optional<Permission> Case::standing_permission() const {
    auto permission = state.permission(actor());
    if (!permission || !permission->stands_at(time())) return std::nullopt;
    return permission;
}

std::optional<DocumentState> Case::standing_document(const DocumentId& id) const {
    auto document = state.document(id);
    if (!document || document->erased) return std::nullopt;
    return document;
}

Effects Case::effects() const {
    Effects effects;
    effects.dossier = following(dossier, statement);
    effects.dossier.last = time();
    return effects;
}

Verdict step(const StateReader& state, const Signed& statement) {
    return step_within(state, statement, Scope::whole);
}

Verdict step_in_part(const StateReader& state, const Signed& statement) {
    return step_within(state, statement, Scope::partial);
}

Effects effects_of_void(const StateReader& state, const Signed& statement) {
    Effects effects;
    effects.dossier = following(state.dossier().value(), statement);
    return effects;
}

}  // namespace kluis::chain
