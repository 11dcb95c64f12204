#include <kluis/chain/state.hpp>

namespace kluis::chain {

namespace {

template <class Map>
std::optional<typename Map::mapped_type> find(const Map& map, const typename Map::key_type& key) {
    const auto found = map.find(key);
    if (found == map.end()) return std::nullopt;
    return found->second;
}

// The grants of one document lie together, from its lowest possible grantee on.
void end_grants(std::map<std::pair<DocumentId, Fingerprint>, Grant>& grants,
                const DocumentId& document) {
    auto it = grants.lower_bound({document, Fingerprint()});
    while (it != grants.end() && it->first.first == document)
        it = grants.erase(it);
}

}  // namespace

const statement::Payload& DocumentState::metadata() const {
    return described ? *described : payloads.at(statement::Role::metadata);
}

std::optional<Card> State::card(const Fingerprint& fingerprint) const {
    return find(cards_, fingerprint);
}

std::optional<Permission> State::permission(const Fingerprint& depositor) const {
    return find(permissions_, depositor);
}

std::optional<DocumentState> State::document(const DocumentId& id) const {
    return find(documents_, id);
}

std::optional<Grant> State::grant(const DocumentId& document, const Fingerprint& grantee) const {
    return find(grants_, {document, grantee});
}

std::optional<Seal> State::seal(const BundleId& id) const {
    return find(seals_, id);
}

bool State::consent_used(const Digest& consent) const {
    return consents_.contains(consent);
}

void State::apply(const Effects& effects) {
    dossier_ = effects.dossier;
    for (const Card& card : effects.cards)
        cards_.insert_or_assign(statement::fingerprint(card), card);
    for (const Permission& permission : effects.permissions)
        permissions_.insert_or_assign(permission.depositor, permission);
    for (const DocumentState& document : effects.documents)
        documents_.insert_or_assign(document.id, document);
    for (const DocumentId& id : effects.erased)
        end_grants(grants_, id);
    for (const Fingerprint& grantee : effects.ended_grantees)
        std::erase_if(grants_, [&](const auto& grant) { return grant.first.second == grantee; });
    for (const auto& ended : effects.ended_grants)
        grants_.erase(ended);
    for (const Grant& grant : effects.grants)
        grants_.insert_or_assign({grant.document, grant.grantee}, grant);
    for (const Seal& seal : effects.seals)
        seals_.insert_or_assign(seal.bundle, seal);
    consents_.insert(effects.consents.begin(), effects.consents.end());
    if (effects.new_headers) forget_headers();
    if (effects.erase_dossier) forget_all();
}

bool State::operator==(const State& other) const {
    return dossier_ == other.dossier_ && cards_ == other.cards_ &&
           permissions_ == other.permissions_ && documents_ == other.documents_ &&
           grants_ == other.grants_ && seals_ == other.seals_ && consents_ == other.consents_;
}

void State::forget_headers() {
    for (auto& [id, document] : documents_)
        document.header.reset();
}

void State::forget_all() {
    permissions_.clear();
    documents_.clear();
    grants_.clear();
    seals_.clear();
    consents_.clear();
}

std::vector<DocumentId> State::standing() const {
    std::vector<DocumentId> ids;
    for (const auto& [id, document] : documents_) {
        if (!document.erased) ids.push_back(id);
    }
    std::ranges::sort(ids, statement::TextOrder());
    return ids;
}

}  // namespace kluis::chain
