// What of a dossier is shown to whom, and what has had its time.
#include "memory_dossier.hpp"

#include <store/terms.hpp>

namespace kluis::store {

using namespace statement;

namespace {

Payload named(const Held& held) {
    return {held->get().sha256, held->get().size};
}

}  // namespace

bool MemoryDossier::is_granted(const chain::Grant& grant, Time now) const {
    return grant.grantee != state_.dossier()->owner && (!grant.expires || now < *grant.expires);
}

bool MemoryDossier::is_gone(Time now) const {
    return erased_ && !within(erased_->at, kErasureTerm, now);
}

std::optional<Envelope> MemoryDossier::erasure(const Fingerprint& card, Time now) const {
    if (!erased_ || is_gone(now) || !erased_->readers.contains(card)) return std::nullopt;
    return erased_->statement->envelope;
}

bool MemoryDossier::may_see(const Viewer& viewer, Time now) const {
    if (!state_.dossier()) return false;
    switch (viewer.as) {
        case ViewAs::owner:
            return state_.dossier()->owner == viewer.card;
        case ViewAs::depositor: {
            const auto permission = state_.permission(viewer.card);
            return permission && permission->stands_at(now);
        }
        case ViewAs::grantee:
            return viewer.card != state_.dossier()->owner &&
                   std::ranges::any_of(chain_, [&](const auto& statement) {
                       const auto* grant = std::get_if<GrantCreate>(&statement->statement.act);
                       return grant != nullptr && grant->grantee == viewer.card;
                   });
    }
    return false;
}

bool MemoryDossier::is_shown(const Viewer& viewer, std::uint64_t place, Time now) const {
    const Act& act = chain_[place]->statement.act;
    if (viewer.as == ViewAs::owner || std::holds_alternative<DossierCreate>(act) ||
        std::holds_alternative<DossierTransfer>(act)) {
        return true;
    }
    const bool on_grant =
        std::holds_alternative<GrantCreate>(act) || std::holds_alternative<GrantRevoke>(act);
    if (const auto subject = subject_of(act)) {
        return *subject == viewer.card && on_grant == (viewer.as == ViewAs::grantee);
    }
    return std::ranges::any_of(places_, [&](const auto& entry) {
        const auto& [document, places] = entry;
        if (viewer.as == ViewAs::depositor) {
            return state_.document(document)->depositor == viewer.card &&
                   (places.deposit == place || places.erased == place);
        }
        if (places.deposit != place && places.description != place) return false;
        const auto grant = state_.grant(document, viewer.card);
        return grant && is_granted(*grant, now);
    });
}

const Bytes* MemoryDossier::header(const Viewer& viewer, const DocumentId& document,
                                   Time now) const {
    if (viewer.as == ViewAs::owner) {
        const auto found = owner_headers_.find(document);
        return found == owner_headers_.end() ? nullptr : &found->second;
    }
    if (viewer.as == ViewAs::depositor) return nullptr;
    const auto grant = state_.grant(document, viewer.card);
    if (!grant || !is_granted(*grant, now)) return nullptr;
    const auto found = grant_headers_.find({document, viewer.card});
    return found == grant_headers_.end() ? nullptr : &found->second;
}

Held MemoryDossier::payload(const DocumentId& document, Role role) const {
    const auto found = payloads_.find({document, role});
    return found == payloads_.end() ? nullptr : found->second;
}

std::optional<StoredBundle> MemoryDossier::bundle(const BundleId& id, Time now) const {
    const auto sealed = bundles_.find(id);
    const auto members = members_.find(id);
    if (sealed == bundles_.end() || members == members_.end() || members->second.size() != 4 ||
        !within(sealed->second.sealed_at, kBundleTerm, now)) {
        return std::nullopt;
    }
    StoredBundle bundle;
    bundle.id = id;
    bundle.dossier = state_.dossier()->id;
    bundle.sealed_at = sealed->second.sealed_at;
    for (const auto& [member, staged] : members->second)
        bundle.members.emplace(member, staged.payload->get());
    for (const SealedDocument& document : sealed->second.documents) {
        bundle.documents.push_back(
            {document.id, document.header, named(document.content), named(document.metadata),
             document.preview ? std::optional(named(document.preview)) : std::nullopt});
    }
    return bundle;
}

Held& MemoryDossier::SealedDocument::payload(Role role) {
    if (role == Role::preview) return preview;
    return role == Role::metadata ? metadata : content;
}

Held MemoryDossier::sealed_payload(const DocumentId& document, Role role,
                                   const Digest& sha256) const {
    for (const auto& [id, bundle] : bundles_) {
        for (const SealedDocument& sealed : bundle.documents) {
            if (sealed.id != document) continue;
            const Held& payload = sealed.payload(role);
            if (payload && payload->get().sha256 == sha256) return payload;
        }
    }
    return nullptr;
}

void MemoryDossier::add_read(Time at, const Bytes& sealed) {
    const std::uint64_t place = reads_.empty() ? 1 : reads_.rbegin()->first + 1;
    reads_.emplace(place, std::pair(at, sealed));
}

std::vector<StoredRead> MemoryDossier::reads(std::uint64_t from, std::size_t limit) const {
    std::vector<StoredRead> found;
    for (auto it = reads_.lower_bound(from); it != reads_.end() && found.size() < limit; ++it)
        found.push_back({it->first, it->second.second});
    return found;
}

std::vector<Held> MemoryDossier::all_payloads() const {
    std::vector<Held> all;
    for (const auto& [slot, payload] : payloads_)
        all.push_back(payload);
    for (const auto& [key, staged] : staged_)
        all.push_back(staged.payload);
    for (const auto& [bundle, members] : members_) {
        for (const auto& [member, staged] : members)
            all.push_back(staged.payload);
    }
    for (const auto& [id, bundle] : bundles_) {
        for (const SealedDocument& document : bundle.documents)
            all.push_back(document.metadata);
    }
    return all;
}

std::uint64_t MemoryDossier::expire(Time now) {
    std::uint64_t gone = std::erase_if(
        staged_, [&](const auto& entry) { return !within(entry.second.at, kStagedTerm, now); });
    for (auto it = members_.begin(); it != members_.end();) {
        const auto sealed = bundles_.find(it->first);
        if (sealed == bundles_.end()) {
            const auto lasts = [&](const auto& entry) {
                return within(entry.second.at, kStagedTerm, now);
            };
            if (std::ranges::none_of(it->second, lasts)) {
                gone += it->second.size();
                it->second.clear();
            }
        } else if (!within(sealed->second.sealed_at, kBundleTerm, now)) {
            gone += it->second.size() + 1;
            bundles_.erase(sealed);
            it->second.clear();
        }
        it = it->second.empty() ? members_.erase(it) : std::next(it);
    }
    gone += std::erase_if(
        reads_, [&](const auto& entry) { return !within(entry.second.first, kReadsTerm, now); });
    gone += std::erase_if(grant_headers_, [&](const auto& entry) {
        const auto grant = state_.grant(entry.first.first, entry.first.second);
        return !grant || (grant->expires && *grant->expires <= now);
    });
    return gone;
}

}  // namespace kluis::store
