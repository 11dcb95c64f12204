#include "memory_store.hpp"

#include <store/payload_bytes.hpp>
#include <store/terms.hpp>

#include <mutex>

namespace kluis::store {

using base::Error;
using base::ErrorKind;
using statement::Signed;

const MemoryDossier* MemoryStore::find(const DossierId& id) const {
    const auto found = dossiers_.find(id);
    return found == dossiers_.end() || found->second.is_erased() ? nullptr : &found->second;
}

MemoryDossier& MemoryStore::open(const DossierId& id) {
    if (!find(id)) throw Error(ErrorKind::not_found, "there is no such dossier");
    return dossiers_.at(id);
}

bool MemoryStore::stage(const std::vector<Staged>& payloads, const StageRules& rules) {
    const std::unique_lock lock(mutex_);
    std::map<DossierId, std::vector<Staged>> by_dossier;
    for (const Staged& staged : payloads)
        by_dossier[staged.dossier].push_back(staged);
    for (const auto& [dossier, more] : by_dossier) {
        if (!open(dossier).may_stage(more, rules)) return false;
    }
    for (const Staged& staged : payloads) {
        open(staged.dossier)
            .stage(staged.document, staged.role, staged.by,
                   std::make_shared<const HeldPayload>(staged.payload, blobs_), staged.at);
    }
    return true;
}

bool MemoryStore::stage_member(const DossierId& dossier, const BundleId& bundle, Member member,
                               const StoredPayload& payload, Time now, const StageRules& rules) {
    const std::unique_lock lock(mutex_);
    MemoryDossier& found = open(dossier);
    if (!found.may_stage_member(bundle, member, payload.size, rules)) return false;
    found.stage_member(bundle, member, std::make_shared<const HeldPayload>(payload, blobs_), now);
    return true;
}

StagedTotals MemoryStore::staged(const DossierId& dossier, const Fingerprint& by) const {
    const std::shared_lock lock(mutex_);
    const MemoryDossier* found = find(dossier);
    return found ? found->staged(by) : StagedTotals();
}

SubmitResult MemoryStore::submit(const std::vector<Submission>& run, const SubmitRules& rules) {
    if (run.empty()) throw Error(ErrorKind::usage, "a run of statements is empty");
    const std::unique_lock lock(mutex_);
    const DossierId id = statement::dossier_of(run.front().statement);
    const auto found = dossiers_.find(id);
    MemoryDossier trial = found == dossiers_.end() ? MemoryDossier() : found->second;
    const Fingerprint& actor = run.front().statement.statement.actor;
    trial.set_owned(
        static_cast<std::uint64_t>(std::ranges::count_if(dossiers_, [&](const auto& entry) {
            return entry.second.may_see({ViewAs::owner, actor}, rules.now);
        })));
    SubmitResult result = accept_run(trial, run, rules);
    if (std::holds_alternative<Accepted>(result)) dossiers_[id] = std::move(trial);
    return result;
}

std::vector<DossierSummary> MemoryStore::dossiers(const Fingerprint& card, Time now) const {
    const std::shared_lock lock(mutex_);
    std::vector<DossierSummary> summaries;
    for (const auto& [id, dossier] : dossiers_) {
        DossierSummary summary;
        for (const ViewAs as : {ViewAs::owner, ViewAs::depositor, ViewAs::grantee}) {
            if (dossier.may_see({as, card}, now)) summary.as.push_back(as);
        }
        if (summary.as.empty()) continue;
        const auto state = dossier.state().dossier();
        summary.id = id;
        summary.head = state->head;
        summary.length = state->length;
        summaries.push_back(std::move(summary));
    }
    return summaries;
}

std::optional<DossierSummary> MemoryStore::dossier(const DossierId& id, const Viewer& viewer,
                                                   Time now) const {
    const std::shared_lock lock(mutex_);
    const MemoryDossier* dossier = find(id);
    if (!dossier || !dossier->may_see(viewer, now)) return std::nullopt;
    const auto state = dossier->state().dossier();
    return DossierSummary{id, state->head, state->length, {viewer.as}};
}

std::optional<Envelope> MemoryStore::erasure(const DossierId& id, const Fingerprint& card,
                                             Time now) const {
    const std::shared_lock lock(mutex_);
    const auto found = dossiers_.find(id);
    return found == dossiers_.end() ? std::nullopt : found->second.erasure(card, now);
}

std::vector<PlacedStatement> MemoryStore::statements(const DossierId& id, const Viewer& viewer,
                                                     std::uint64_t from, std::size_t limit,
                                                     Time now) const {
    const std::shared_lock lock(mutex_);
    std::vector<PlacedStatement> shown;
    const MemoryDossier* dossier = find(id);
    if (!dossier || !dossier->may_see(viewer, now)) return shown;
    std::size_t bytes = 0;
    for (std::uint64_t at = from;
         at < dossier->chain().size() && shown.size() < limit && bytes < kPageBytes; ++at) {
        if (dossier->is_shown(viewer, at, now)) {
            shown.push_back({at, dossier->chain()[at]->envelope});
            bytes += shown.back().envelope.payload.size();
        }
    }
    return shown;
}

Digest MemoryStore::shown(const DossierId& id, const Fingerprint& grantee, Time now) const {
    const std::shared_lock lock(mutex_);
    const Viewer viewer{ViewAs::grantee, grantee};
    crypto::Sha256 hash;
    const MemoryDossier* dossier = find(id);
    if (!dossier || !dossier->may_see(viewer, now)) return hash.finish();
    for (std::uint64_t at = 0; at < dossier->chain().size(); ++at) {
        if (dossier->is_shown(viewer, at, now)) hash.update(dossier->chain()[at]->hash);
    }
    return hash.finish();
}

std::vector<Card> MemoryStore::cards(const DossierId& id, const Viewer& viewer, Time now) const {
    const std::shared_lock lock(mutex_);
    const MemoryDossier* dossier = find(id);
    if (!dossier || !dossier->may_see(viewer, now)) return {};
    std::set<Fingerprint> actors;
    std::set<Fingerprint> named;
    for (std::uint64_t at = 0; at < dossier->chain().size(); ++at) {
        if (!dossier->is_shown(viewer, at, now)) continue;
        const statement::Statement& shown = dossier->chain()[at]->statement;
        actors.insert(shown.actor);
        const auto name = [&](const Card& card) { named.insert(statement::fingerprint(card)); };
        if (const auto* act = std::get_if<statement::DossierCreate>(&shown.act)) name(act->card);
        if (const auto* act = std::get_if<statement::DossierTransfer>(&shown.act)) name(act->card);
        if (const auto* act = std::get_if<statement::DepositorAllow>(&shown.act)) name(act->card);
    }
    std::vector<Card> cards;
    for (const Fingerprint& actor : actors) {
        if (!named.contains(actor)) cards.push_back(*dossier->state().card(actor));
    }
    return cards;
}

std::vector<DocumentRow> MemoryStore::documents(const DossierId& id, const Viewer& viewer,
                                                std::uint64_t from,
                                                const std::optional<DocumentId>& after,
                                                std::size_t limit, Time now) const {
    const std::shared_lock lock(mutex_);
    std::vector<DocumentRow> rows;
    const MemoryDossier* dossier = find(id);
    if (!dossier || !dossier->may_see(viewer, now)) return rows;
    for (const auto& [document, state] : dossier->full_state().documents()) {
        if (rows.size() == limit) break;
        const Bytes* header = dossier->header(viewer, document, now);
        if (!header || (after && document <= *after)) continue;
        if (dossier->last_place(document) < from) continue;
        DocumentRow row;
        row.id = document;
        row.place = dossier->deposit_place(document);
        row.header = *header;
        row.metadata = payload_bytes(dossier->payload(document, Role::metadata)->get(), blobs_);
        const Held word = dossier->payload(document, Role::word);
        if (word && viewer.as == ViewAs::owner) row.word = payload_bytes(word->get(), blobs_);
        rows.push_back(std::move(row));
    }
    return rows;
}

std::optional<std::pair<Bytes, StoredPayload>> MemoryStore::payload(const DossierId& id,
                                                                    const Viewer& viewer,
                                                                    const DocumentId& document,
                                                                    Role role, Time now) const {
    const std::shared_lock lock(mutex_);
    const MemoryDossier* dossier = find(id);
    if (!dossier || !dossier->may_see(viewer, now)) return std::nullopt;
    if (role == Role::word && viewer.as != ViewAs::owner) return std::nullopt;
    const Bytes* header = dossier->header(viewer, document, now);
    const Held payload = dossier->payload(document, role);
    if (!header || !payload) return std::nullopt;
    return std::pair(role == Role::word ? Bytes() : *header, payload->get());
}

std::optional<Card> MemoryStore::owner_card(const DossierId& id) const {
    const std::shared_lock lock(mutex_);
    const MemoryDossier* dossier = find(id);
    if (!dossier) return std::nullopt;
    return dossier->state().card(dossier->state().dossier()->owner);
}

bool MemoryStore::add_reads(const DossierId& id, const Fingerprint& owner, Time at,
                            const std::vector<Bytes>& sealed) {
    const std::unique_lock lock(mutex_);
    MemoryDossier& dossier = open(id);
    if (dossier.state().dossier()->owner != owner) return false;
    for (const Bytes& entry : sealed)
        dossier.add_read(at, entry);
    return true;
}

std::vector<StoredRead> MemoryStore::reads(const DossierId& id, std::uint64_t from,
                                           std::size_t limit) const {
    const std::shared_lock lock(mutex_);
    const MemoryDossier* dossier = find(id);
    return dossier ? dossier->reads(from, limit) : std::vector<StoredRead>();
}

std::optional<StoredBundle> MemoryStore::bundle(const DossierId& dossier, const BundleId& bundle,
                                                const Fingerprint& owner, Time now) const {
    const std::shared_lock lock(mutex_);
    const MemoryDossier* found = find(dossier);
    if (!found || !found->may_see({ViewAs::owner, owner}, now)) return std::nullopt;
    return found->bundle(bundle, now);
}

StoredPayload MemoryStore::sealed_payload(const DossierId& dossier, const DocumentId& document,
                                          Role role, const Digest& sha256) const {
    const std::shared_lock lock(mutex_);
    const MemoryDossier* found = find(dossier);
    const Held payload = found ? found->sealed_payload(document, role, sha256) : nullptr;
    if (!payload) throw Error(ErrorKind::storage, "a payload of a bundle is gone");
    return payload->get();
}

}  // namespace kluis::store
