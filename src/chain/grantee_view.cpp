#include "judge.hpp"

#include <kluis/chain/replay.hpp>

namespace kluis::chain {

using statement::Signed;

namespace {

[[noreturn]] void refuse(const std::string& why) {
    throw base::Error(base::ErrorKind::forged, why);
}

[[noreturn]] void refuse(const std::string& why, const DocumentId& document) {
    refuse(why + " (document " + statement::to_text(document) + ")");
}

// What the statements so far give the grantee. The owners are replayed; a deposit is vouched for by
// the owner's grant, so that nobody else's permission need be shown.
class GranteeCheck {
  public:
    GranteeCheck(const DossierId& dossier, const Fingerprint& grantee,
                 const std::vector<Card>& cards)
        : order_(dossier), grantee_(grantee) {
        for (const Card& card : cards)
            cards_.insert_or_assign(statement::fingerprint(card), card);
    }

    void add(const Signed& statement) {
        order_.add(statement);
        std::visit([&](const auto& act) { take(statement, act); }, statement.statement.act);
    }

    GranteeView result(const DossierId& dossier, base::Time now) const;

  private:
    void take(const Signed& statement, const statement::DossierCreate&) { replay(statement); }
    void take(const Signed& statement, const statement::DossierTransfer&);
    void take(const Signed& statement, const statement::DocumentDeposit& act);
    void take(const Signed& statement, const statement::DocumentDescribe& act);
    void take(const Signed& statement, const statement::GrantCreate& act);
    void take(const Signed& statement, const statement::GrantRevoke& act);
    template <class Act>
    void take(const Signed&, const Act&) {
        refuse("a statement that a grantee is not given is among these");
    }

    void replay(const Signed& statement);
    void require_owner(const Signed& statement) const;
    void require_granted(const statement::GrantedDocument& granted) const;
    std::optional<Card> card_of(const Fingerprint& actor) const;
    GrantedView view_of(const Grant& grant, const Signed& deposit) const;

    LinkOrder order_;
    Fingerprint grantee_;
    State state_;  // owners and their cards; nothing else
    std::map<Fingerprint, Card> cards_;
    std::map<DocumentId, Signed, statement::TextOrder> deposits_;
    std::map<DocumentId, Signed> descriptions_;
    std::set<DocumentId> ever_granted_;
    std::map<DocumentId, Grant, statement::TextOrder> grants_;
};

void GranteeCheck::replay(const Signed& statement) {
    const Verdict verdict = step_in_part(state_, statement);
    if (!verdict.accepted()) {
        refuse("a statement does not hold: " + std::string(describe(verdict.reason())));
    }
    state_.apply(verdict.effects());
}

void GranteeCheck::take(const Signed& statement, const statement::DossierTransfer&) {
    const Fingerprint former = state_.dossier()->owner;
    replay(statement);
    if (former == grantee_) grants_.clear();
}

std::optional<Card> GranteeCheck::card_of(const Fingerprint& actor) const {
    if (const auto owner = state_.card(actor)) return owner;
    const auto found = cards_.find(actor);
    if (found == cards_.end()) return std::nullopt;
    return found->second;
}

void GranteeCheck::require_owner(const Signed& statement) const {
    const Fingerprint owner = state_.dossier()->owner;
    if (statement.statement.actor != owner) {
        refuse("a statement is not by who owned the dossier then");
    }
    if (!statement::is_signed_by(statement, *state_.card(owner))) {
        refuse("a statement is not signed by its actor");
    }
}

void GranteeCheck::take(const Signed& statement, const statement::DocumentDeposit& act) {
    const auto card = card_of(statement.statement.actor);
    if (!card) refuse("the depositor's card is not there", act.document);
    if (!statement::is_signed_by(statement, *card)) {
        refuse("a deposit is not signed by its depositor", act.document);
    }
    if (ever_granted_.contains(act.document)) refuse("granted before deposited", act.document);
    if (!deposits_.emplace(act.document, statement).second) {
        refuse("deposited twice", act.document);
    }
}

void GranteeCheck::take(const Signed& statement, const statement::DocumentDescribe& act) {
    require_owner(statement);
    if (!deposits_.contains(act.document)) refuse("described without a deposit", act.document);
    const auto grant = grants_.find(act.document);
    if (grant != grants_.end() && grant->second.description == statement.hash) {
        refuse("granted before described", act.document);
    }
    if (!descriptions_.emplace(act.document, statement).second) {
        refuse("more than the last description is shown", act.document);
    }
}

// The description shown is the document's last: what was there before the grant must be what the
// grant names. One that the grant names and that is not shown may have been replaced since.
void GranteeCheck::require_granted(const statement::GrantedDocument& granted) const {
    const auto deposit = deposits_.find(granted.document);
    if (deposit != deposits_.end() && deposit->second.hash != granted.deposit) {
        refuse("the grant is of another deposit", granted.document);
    }
    const auto description = descriptions_.find(granted.document);
    if (description != descriptions_.end() && description->second.hash != granted.description) {
        refuse("the grant is of another description", granted.document);
    }
}

void GranteeCheck::take(const Signed& statement, const statement::GrantCreate& act) {
    require_owner(statement);
    if (act.grantee != grantee_) refuse("a grant to another is among these");
    if (act.expires && *act.expires <= statement.statement.time) {
        refuse("a grant ends before it begins");
    }
    for (const statement::GrantedDocument& granted : act.documents) {
        require_granted(granted);
        ever_granted_.insert(granted.document);
        grants_.insert_or_assign(granted.document,
                                 Grant{granted.document, act.grantee, statement.hash, act.expires,
                                       granted.deposit, granted.description, granted.header});
    }
}

void GranteeCheck::take(const Signed& statement, const statement::GrantRevoke& act) {
    require_owner(statement);
    if (act.grantee != grantee_) refuse("a revocation for another is among these");
    for (const DocumentId& document : act.documents) {
        if (grants_.erase(document) == 0) refuse("revoked without a grant", document);
    }
}

GrantedView GranteeCheck::view_of(const Grant& grant, const Signed& deposit) const {
    const Fingerprint& depositor = deposit.statement.actor;
    GrantedView view{grant, deposit, card_of(depositor).value(), std::nullopt, depositor};
    const auto description = descriptions_.find(grant.document);
    if (description != descriptions_.end()) {
        view.description = description->second;
        view.describer = description->second.statement.actor;
    } else if (grant.description) {
        refuse("the description that was granted is not there", grant.document);
    }
    return view;
}

GranteeView GranteeCheck::result(const DossierId& dossier, base::Time now) const {
    const auto state = state_.dossier();
    if (!state) refuse("the statements do not begin with dossier.create");
    for (const auto& [document, deposit] : deposits_) {
        if (!ever_granted_.contains(document)) refuse("there without a grant", document);
    }
    GranteeView view{dossier, state->owner, {}, {}};
    for (const auto& [document, grant] : grants_) {
        if (grant.expires && now >= *grant.expires) continue;
        const auto deposit = deposits_.find(document);
        if (deposit == deposits_.end()) {
            view.missing.push_back(document);
        } else {
            view.documents.push_back(view_of(grant, deposit->second));
        }
    }
    return view;
}

}  // namespace

const statement::Payload& GrantedView::metadata() const {
    if (description) {
        return std::get<statement::DocumentDescribe>(description->statement.act).metadata;
    }
    return std::get<statement::DocumentDeposit>(deposit.statement.act)
        .payloads.at(statement::Role::metadata);
}

GranteeView verify_grantee_view(const DossierId& dossier, const Fingerprint& grantee,
                                const GranteeEvidence& evidence, base::Time now) {
    GranteeCheck check(dossier, grantee, evidence.cards);
    for (const Signed& statement : evidence.statements)
        check.add(statement);
    return check.result(dossier, now);
}

}  // namespace kluis::chain
