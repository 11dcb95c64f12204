#include <kluis/chain/replay.hpp>

namespace kluis::chain {

using statement::Signed;

namespace {

// Whether a statement is among those that a depositor is given.
struct IsForDepositor {
    const Fingerprint& depositor;
    const Fingerprint& actor;
    const State& state;

    bool operator()(const statement::DossierCreate&) const { return true; }
    bool operator()(const statement::DossierTransfer&) const { return true; }
    bool operator()(const statement::DepositorAllow& act) const {
        return statement::fingerprint(act.card) == depositor;
    }
    bool operator()(const statement::DepositorRemove& act) const {
        return act.depositor == depositor;
    }
    bool operator()(const statement::DocumentDeposit&) const { return actor == depositor; }
    bool operator()(const statement::DocumentDescribe& act) const { return is_own(act.document); }
    bool operator()(const statement::DocumentErase& act) const { return is_own(act.document); }
    template <class Act>
    bool operator()(const Act&) const {
        return false;
    }

    bool is_own(const DocumentId& id) const {
        const auto document = state.document(id);
        return document && document->depositor == depositor;
    }
};

std::vector<Signed> standing_deposits(const State& state, const std::vector<Signed>& statements) {
    std::vector<Signed> deposits;
    for (const Signed& statement : statements) {
        const auto* act = std::get_if<statement::DocumentDeposit>(&statement.statement.act);
        if (act && !state.document(act->document)->erased) deposits.push_back(statement);
    }
    return deposits;
}

}  // namespace

DepositorView verify_depositor_view(const DossierId& dossier, const Fingerprint& depositor,
                                    const std::vector<Signed>& statements) {
    PartialReplay replay(dossier);
    for (const Signed& statement : statements) {
        const IsForDepositor is_for_depositor{depositor, statement.statement.actor, replay.state()};
        if (!std::visit(is_for_depositor, statement.statement.act)) {
            throw base::Error(base::ErrorKind::forged,
                              "a statement that a depositor is not given is among these");
        }
        replay.add(statement);
    }
    const auto state = replay.state().dossier();
    if (!state) {
        throw base::Error(base::ErrorKind::forged,
                          "the statements do not begin with dossier.create");
    }
    return {dossier,
            state->owner,
            replay.state().card(state->owner).value(),
            state->jurisdiction,
            replay.state().permission(depositor),
            standing_deposits(replay.state(), statements)};
}

}  // namespace kluis::chain
