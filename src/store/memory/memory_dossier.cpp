#include "memory_dossier.hpp"

#include <store/staging.hpp>
#include <store/terms.hpp>

namespace kluis::store {

using statement::Signed;

HeldPayload::~HeldPayload() {
    if (const auto* blob = std::get_if<BlobId>(&payload_.location)) blobs_.remove(*blob);
}

std::optional<std::uint64_t> MemoryDossier::place_of(const Signed& statement) const {
    const auto found = by_hash_.find(statement.hash);
    if (found == by_hash_.end() || chain_[found->second]->envelope != statement.envelope) {
        return std::nullopt;
    }
    return found->second;
}

std::optional<ErasedChain> MemoryDossier::erased(const Fingerprint& reader) const {
    if (!erased_) return std::nullopt;
    return ErasedChain{erased_->statement->hash, erased_->length,
                       erased_->readers.contains(reader)};
}

std::uint64_t MemoryDossier::deposits_since(const Fingerprint& depositor, Time after) const {
    return static_cast<std::uint64_t>(
        std::ranges::count_if(state_.documents(), [&](const auto& entry) {
            return entry.second.depositor == depositor && after < entry.second.deposited;
        }));
}

bool MemoryDossier::is_staged(const DocumentId& document, Role role, const Fingerprint& by,
                              const statement::Payload& payload) const {
    const auto found = staged_.find({{document, role}, by});
    return found != staged_.end() && found->second.payload->get().sha256 == payload.sha256 &&
           found->second.payload->get().size == payload.size;
}

bool MemoryDossier::is_manifest_staged(const BundleId& bundle, const Digest& manifest) const {
    const auto members = members_.find(bundle);
    if (members == members_.end()) return false;
    const auto found = members->second.find(Member::manifest);
    return found != members->second.end() && found->second.payload->get().sha256 == manifest;
}

void MemoryDossier::keep(const Acceptance& acceptance) {
    if (acceptance.effects.erase_dossier) return erase_all(acceptance);
    const Signed& statement = acceptance.submission.statement;
    chain_.push_back(std::make_shared<const Signed>(statement));
    by_hash_.emplace(statement.hash, acceptance.place);
    state_.apply(acceptance.effects);
    std::visit([&](const auto& act) { keep_act(act, acceptance); }, statement.statement.act);
    std::erase_if(grant_headers_,
                  [&](const auto& entry) { return !state_.grants().contains(entry.first); });
}

void MemoryDossier::take_staged(const DocumentId& document, Role role, const Fingerprint& by) {
    const auto found = staged_.find({{document, role}, by});
    payloads_[{document, role}] = std::move(found->second.payload);
    staged_.erase(found);
}

void MemoryDossier::keep_act(const statement::DocumentDeposit& act, const Acceptance& acceptance) {
    places_[act.document].deposit = acceptance.place;
    owner_headers_[act.document] = acceptance.submission.headers.front().header;
    for (const auto& [role, payload] : act.payloads)
        take_staged(act.document, role, acceptance.submission.statement.statement.actor);
}

void MemoryDossier::keep_act(const statement::DocumentDescribe& act, const Acceptance& acceptance) {
    places_[act.document].description = acceptance.place;
    take_staged(act.document, Role::metadata, acceptance.submission.statement.statement.actor);
}

void MemoryDossier::keep_act(const statement::DocumentErase& act, const Acceptance& acceptance) {
    places_[act.document].erased = acceptance.place;
    owner_headers_.erase(act.document);
    std::erase_if(payloads_, [&](const auto& p) { return p.first.first == act.document; });
    std::erase_if(staged_, [&](const auto& s) { return s.first.first.first == act.document; });
    for (auto it = bundles_.begin(); it != bundles_.end();) {
        const auto holds = [&](const SealedDocument& d) { return d.id == act.document; };
        if (std::ranges::any_of(it->second.documents, holds)) {
            members_.erase(it->first);
            it = bundles_.erase(it);
        } else {
            ++it;
        }
    }
}

void MemoryDossier::keep_act(const statement::GrantCreate& act, const Acceptance& acceptance) {
    for (const DocumentHeader& header : acceptance.submission.headers)
        grant_headers_[{header.document, act.grantee}] = header.header;
}

// A word and the record of reads are sealed to the old owner's card alone.
void MemoryDossier::keep_act(const statement::DossierTransfer&, const Acceptance& acceptance) {
    owner_headers_.clear();
    for (const DocumentHeader& header : acceptance.submission.headers)
        owner_headers_[header.document] = header.header;
    std::erase_if(payloads_, [](const auto& entry) { return entry.first.second == Role::word; });
    reads_.clear();
}

void MemoryDossier::keep_act(const statement::BundleSeal& act, const Acceptance& acceptance) {
    SealedBundle& bundle = bundles_[act.bundle];
    bundle.sealed_at = acceptance.now;
    for (const DocumentHeader& header : acceptance.submission.headers) {
        bundle.documents.push_back(
            {header.document, header.header, payload(header.document, Role::content),
             payload(header.document, Role::metadata), payload(header.document, Role::preview)});
    }
}

void MemoryDossier::erase_all(const Acceptance& acceptance) {
    Erased erased;
    erased.statement = std::make_shared<const Signed>(acceptance.submission.statement);
    erased.length = acceptance.place + 1;
    erased.at = acceptance.now;
    erased.readers.insert(state_.dossier()->owner);
    for (const auto& [depositor, permission] : state_.permissions()) {
        if (permission.stands_at(acceptance.now)) erased.readers.insert(depositor);
    }
    for (const auto& [key, grant] : state_.grants()) {
        if (is_granted(grant, acceptance.now)) erased.readers.insert(grant.grantee);
    }
    *this = MemoryDossier();
    erased_ = std::move(erased);
}

MemoryDossier::StagedSizes MemoryDossier::staged_sizes() const {
    StagedSizes sizes;
    for (const auto& [key, staged] : staged_)
        sizes[key] = staged.payload->get().size;
    return sizes;
}

StagedTotals MemoryDossier::totals_of(const StagedSizes& sizes, const Fingerprint& by) {
    StagedTotals totals;
    std::set<DocumentId> documents;
    for (const auto& [key, size] : sizes) {
        if (key.second != by) continue;
        documents.insert(key.first.first);
        totals.bytes += size;
    }
    totals.documents = documents.size();
    return totals;
}

StagedTotals MemoryDossier::staged(const Fingerprint& by) const {
    return totals_of(staged_sizes(), by);
}

bool MemoryDossier::may_stage(const std::vector<Staged>& more, const StageRules& rules) const {
    StagedSizes sizes = staged_sizes();
    for (const Staged& staged : more)
        sizes[{{staged.document, staged.role}, staged.by}] = staged.payload.size;
    return std::ranges::all_of(more, [&](const Staged& staged) {
        return store::may_stage(state_, staged.by, totals_of(sizes, staged.by), rules);
    });
}

bool MemoryDossier::may_stage_member(const BundleId& bundle, Member member, std::uint64_t size,
                                     const StageRules& rules) const {
    std::set<BundleId> bundles{bundle};
    std::uint64_t bytes = size;
    for (const auto& [id, members] : members_) {
        bundles.insert(id);
        for (const auto& [kind, staged] : members) {
            if (id != bundle || kind != member) bytes += staged.payload->get().size;
        }
    }
    return bundles.size() <= rules.bundles && bytes <= rules.member_bytes;
}

// The same bytes uploaded again take the place of those that are kept, which may be damaged.
void MemoryDossier::renew(const Slot& slot, const Held& payload) {
    const auto renew_one = [&](Held& kept) {
        if (kept && kept->get().sha256 == payload->get().sha256) kept = payload;
    };
    if (const auto found = payloads_.find(slot); found != payloads_.end()) renew_one(found->second);
    for (auto& [id, bundle] : bundles_) {
        for (SealedDocument& document : bundle.documents) {
            if (document.id == slot.first) renew_one(document.payload(slot.second));
        }
    }
}

void MemoryDossier::stage(const DocumentId& document, Role role, const Fingerprint& by,
                          Held payload, Time at) {
    renew({document, role}, payload);
    staged_[{{document, role}, by}] = {std::move(payload), at};
}

void MemoryDossier::stage_member(const BundleId& bundle, Member member, Held payload, Time at) {
    const auto seal = state_.seal(bundle);
    if (seal && member == Member::manifest && seal->manifest != payload->get().sha256) {
        throw base::Error(base::ErrorKind::conflict, "the bundle was sealed with another manifest");
    }
    members_[bundle][member] = {std::move(payload), at};
}

}  // namespace kluis::store
