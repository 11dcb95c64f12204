// The rules of each act. A statement comes here when its link, signature and time are good; what is
// left to decide is whether its actor may do this, and whether it makes sense: a Reason that voids
// it, or its effects.
#pragma once

#include <kluis/chain/step.hpp>

namespace kluis::chain {

// Whether all statements of the chain were seen, or some were left out.
enum class Scope { whole, partial };

// A statement before its verdict. All references must outlive this.
struct Case {
    const StateReader& state;
    const DossierState& dossier;  // before the statement
    const statement::Signed& statement;
    Scope scope;

    const Fingerprint& actor() const { return statement.statement.actor; }
    base::Time time() const { return statement.statement.time; }
    bool by_owner() const { return actor() == dossier.owner; }
    // The actor's permission to deposit, if it stands now.
    std::optional<Permission> standing_permission() const;
    // The document, if it was deposited and not erased.
    std::optional<DocumentState> standing_document(const DocumentId& id) const;
    // What every statement that is not void changes.
    Effects effects() const;
};

// Each decides on one act; the second group is void at once unless it is the owner's.
Verdict judge(const Case& it, const statement::DocumentDeposit& act);
Verdict judge(const Case& it, const statement::DocumentErase& act);

Verdict judge_as_owner(const Case& it, const statement::DossierTransfer& act);
Verdict judge_as_owner(const Case& it, const statement::DossierErase& act);
Verdict judge_as_owner(const Case& it, const statement::DepositorAllow& act);
Verdict judge_as_owner(const Case& it, const statement::DepositorRemove& act);
Verdict judge_as_owner(const Case& it, const statement::DocumentDescribe& act);
Verdict judge_as_owner(const Case& it, const statement::GrantCreate& act);
Verdict judge_as_owner(const Case& it, const statement::GrantRevoke& act);
Verdict judge_as_owner(const Case& it, const statement::BundleSeal& act);

// As `step`, but `previous` may be left out of a partial view: its order is LinkOrder's to check.
Verdict step_in_part(const StateReader& state, const statement::Signed& statement);

}  // namespace kluis::chain
