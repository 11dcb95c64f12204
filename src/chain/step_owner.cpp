#include "judge.hpp"

#include <kluis/statement/consent.hpp>

namespace kluis::chain {

namespace {

bool consents(const Case& it, const statement::DossierTransfer& act, const Fingerprint& heir) {
    const statement::Consent consent = statement::parse_consent(act.consent);
    return consent.dossier == it.dossier.id && consent.from == it.dossier.owner &&
           consent.to == heir &&
           statement::verify(act.consent, statement::kConsentType, act.card.signing);
}

}  // namespace

Verdict judge_as_owner(const Case& it, const statement::DossierTransfer& act) {
    const Fingerprint heir = statement::fingerprint(act.card);
    if (heir == it.dossier.owner) return Reason::same_owner;
    if (!consents(it, act, heir)) return Reason::bad_consent;
    const Digest consent = statement::payload_hash(act.consent);
    if (it.state.consent_used(consent)) return Reason::consent_used;

    Effects effects = it.effects();
    effects.dossier.owner = heir;
    effects.cards = {act.card};
    // The owner may have been a depositor or a grantee before becoming the owner.
    if (auto earlier = it.state.permission(it.dossier.owner); earlier && !earlier->removed) {
        earlier->removed = true;
        effects.permissions = {*earlier};
    }
    effects.ended_grantees = {it.dossier.owner};
    effects.consents = {consent};
    effects.new_headers = act.headers;
    return effects;
}

Verdict judge_as_owner(const Case& it, const statement::DossierErase&) {
    Effects effects = it.effects();
    effects.dossier.erased = true;
    effects.erase_dossier = true;
    return effects;
}

}  // namespace kluis::chain
