#include "judge.hpp"

namespace kluis::chain {

Verdict judge_as_owner(const Case& it, const statement::GrantCreate& act) {
    if (act.expires && *act.expires <= it.time()) return Reason::until_passed;
    Effects effects = it.effects();
    for (const statement::GrantedDocument& granted : act.documents) {
        const auto document = it.standing_document(granted.document);
        if (!document) return Reason::unknown_document;
        if (granted.deposit != document->deposit || granted.description != document->description) {
            return Reason::not_last_version;
        }
        effects.grants.push_back({granted.document, act.grantee, it.statement.hash, act.expires,
                                  granted.deposit, granted.description, granted.header});
    }
    return effects;
}

Verdict judge_as_owner(const Case& it, const statement::GrantRevoke& act) {
    Effects effects = it.effects();
    for (const DocumentId& document : act.documents) {
        if (!it.state.grant(document, act.grantee)) return Reason::not_granted;
        effects.ended_grants.emplace_back(document, act.grantee);
    }
    return effects;
}

}  // namespace kluis::chain
