#include <kluis/age/seal/header.hpp>

#include <server/card_sets.hpp>
#include <server/refusal.hpp>
#include <server/vault_service.hpp>

#include <algorithm>

namespace kluis::server {

namespace {

// Views are the same on both sides of the service.
static_assert(static_cast<int>(api::ViewAs::owner) == static_cast<int>(store::ViewAs::owner) &&
              static_cast<int>(api::ViewAs::depositor) ==
                  static_cast<int>(store::ViewAs::depositor) &&
              static_cast<int>(api::ViewAs::grantee) == static_cast<int>(store::ViewAs::grantee));

// What someone who is not the owner may be told of a refusal: nothing about others' documents.
bool may_be_told(chain::Reason reason) {
    switch (reason) {
        case chain::Reason::unknown_document:
        case chain::Reason::document_used:
        case chain::Reason::not_granted:
        case chain::Reason::unknown_bundle:
        case chain::Reason::bundle_used:
        case chain::Reason::already_allowed:
        case chain::Reason::not_allowed:
            return false;
        default:
            return true;
    }
}

base::Error error_of(const store::Refused& refused, bool owner) {
    using Why = store::Refused::Why;
    switch (refused.why) {
        case Why::chain:
            if (!refused.reason || (!owner && !may_be_told(*refused.reason))) {
                return refusal("denied");
            }
            return refusal(chain::code(*refused.reason));
        case Why::stale_head:
            return refusal("stale-head");
        case Why::clock_off:
            return refusal("clock-off");
        case Why::payload_missing:
            return refusal("payload-missing");
        case Why::header_mismatch:
            return refusal("header-mismatch");
        case Why::too_many:
            return refusal("too-many-deposits");
        case Why::too_many_dossiers:
            return refusal("too-many-dossiers");
    }
    return refusal("internal");
}

void check_header(const base::Bytes& header) {
    try {
        if (header.size() > api::kHeaderLimit) throw refusal("header-refused");
        age::require_single_x25519_stanza(header);
    } catch (const base::Error&) {
        throw refusal("header-refused");
    }
}

bool is_create(const statement::Signed& statement) {
    return std::holds_alternative<statement::DossierCreate>(statement.statement.act);
}

}  // namespace

std::vector<api::DossierReply> VaultService::dossiers(const api::SessionToken& session) {
    const store::Session who = session_of(session);
    std::vector<api::DossierReply> replies;
    for (const store::DossierSummary& summary : store_.dossiers(who.card, clock_.now())) {
        api::DossierReply reply;
        reply.id = summary.id;
        for (const store::ViewAs as : summary.as) {
            reply.as.push_back(static_cast<api::ViewAs>(as));
            if (as != store::ViewAs::grantee) reply.head = summary.head;
            if (as == store::ViewAs::owner) reply.length = summary.length;
        }
        std::ranges::sort(reply.as);
        replies.push_back(std::move(reply));
    }
    return replies;
}

bool VaultService::sees(const store::Session& session, const api::DossierId& dossier,
                        store::ViewAs as) const {
    return store_.dossier(dossier, {as, session.card}, clock_.now()).has_value();
}

void VaultService::require_owner(const store::Session& session,
                                 const api::DossierId& dossier) const {
    if (!sees(session, dossier, store::ViewAs::owner)) throw unknown();
}

void VaultService::require_submitter(const store::Session& session,
                                     const api::DossierId& dossier) const {
    if (sees(session, dossier, store::ViewAs::owner) ||
        sees(session, dossier, store::ViewAs::depositor)) {
        return;
    }
    // The same bytes again, after the dossier was erased or handed over: the store answers for
    // them.
    if (store_.erasure(dossier, session.card, clock_.now())) return;
    if (sees(session, dossier, store::ViewAs::grantee)) throw refusal("denied");
    throw unknown();
}

std::optional<std::string> VaultService::jurisdiction_of(
    const store::Session& session, const api::DossierId& dossier,
    const std::vector<store::Submission>& before) const {
    const auto of = [](const statement::Signed& create) {
        return std::get<statement::DossierCreate>(create.statement.act).jurisdiction;
    };
    if (!before.empty() && is_create(before.front().statement)) {
        return of(before.front().statement);
    }
    const store::Viewer owner{store::ViewAs::owner, session.card};
    const auto now = clock_.now();
    if (!store_.dossier(dossier, owner, now)) return std::nullopt;
    return of(statement::parse_signed(store_.statements(dossier, owner, 0, 1, now).at(0).envelope));
}

std::vector<store::Submission> VaultService::checked(
    const store::Session& session, const std::optional<api::DossierId>& dossier,
    const std::vector<api::Submission>& run) const {
    if (run.empty() || run.size() > api::kRunLimit) throw refusal("malformed");
    std::vector<store::Submission> result;
    for (const api::Submission& submission : run) {
        store::Submission one{statement::parse_signed(submission.envelope), {}};
        const statement::Statement& said = one.statement.statement;
        if (said.actor != session.card) throw refusal("denied");
        if (std::holds_alternative<statement::BundleAcknowledge>(said.act)) {
            throw refusal("outside-chain");
        }
        const statement::DossierId about = statement::dossier_of(one.statement);
        const statement::DossierId wanted = dossier || result.empty()
                                                ? dossier.value_or(about)
                                                : statement::dossier_of(result.front().statement);
        if (about != wanted) throw refusal("other-dossier");
        if (const auto* seal = std::get_if<statement::BundleSeal>(&said.act)) {
            // A seal by one who is not the owner, who sees no jurisdiction, has no effect anyway.
            if (const auto jurisdiction = jurisdiction_of(session, wanted, result)) {
                check_recipients(rules_.card_sets, *seal, *jurisdiction, said.time);
            }
        }
        for (const api::DocumentHeader& header : submission.headers) {
            check_header(header.header);
            one.headers.push_back({header.document, header.header});
        }
        result.push_back(std::move(one));
    }
    return result;
}

api::SubmitReply VaultService::submit(const api::SessionToken& session,
                                      const std::optional<api::DossierId>& dossier,
                                      const std::vector<api::Submission>& run) {
    const store::Session who = dossier ? session_of(session) : account_session(session);
    if (dossier) require_submitter(who, *dossier);
    const auto checked_run = checked(who, dossier, run);
    if (is_create(checked_run.front().statement) == dossier.has_value()) {
        throw refusal(dossier ? "second-create" : "no-dossier");
    }
    store::SubmitRules rules;
    rules.now = clock_.now();
    rules.deposits_per_hour = rules_.deposits_per_hour;
    rules.dossiers_per_owner = rules_.dossiers_per_owner;
    const store::SubmitResult result = store_.submit(checked_run, rules);
    if (const auto* accepted = std::get_if<store::Accepted>(&result)) {
        return {accepted->head};
    }
    const bool owner = !dossier || sees(who, *dossier, store::ViewAs::owner);
    throw error_of(std::get<store::Refused>(result), owner);
}

}  // namespace kluis::server
