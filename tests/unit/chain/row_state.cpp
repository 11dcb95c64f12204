#include "row_state.hpp"

namespace kluis::test {

using namespace statement;
using Row = RowState::Row;

namespace {

template <class Tag, std::size_t N>
std::string text(const base::FixedBytes<Tag, N>& value) {
    return base::hex_encode(value);
}
template <class Fixed>
Fixed fixed(const std::string& text) {
    return base::from_hex<Fixed>(text, "a column");
}

std::string text(base::Time time) {
    return std::to_string(time.seconds);
}
base::Time time_of(const std::string& text) {
    return {std::stoll(text)};
}

std::string text(std::uint64_t number) {
    return std::to_string(number);
}
std::string text(const Payload& payload) {
    return text(payload.sha256) + std::to_string(payload.size);
}

template <class T>
std::string text_or_empty(const std::optional<T>& value) {
    return value ? text(*value) : std::string();
}
template <class Read>
auto optional_of(const std::string& text, Read read) -> std::optional<decltype(read(text))> {
    if (text.empty()) return std::nullopt;
    return read(text);
}

std::uint64_t number_of(const std::string& text) {
    return std::stoull(text);
}

Payload payload_of(const std::string& text) {
    return {fixed<Digest>(text.substr(0, 64)), number_of(text.substr(64))};
}

Row row_of(const chain::DossierState& state) {
    return {text(state.id),     state.jurisdiction, text(state.owner),      text(state.head),
            text(state.length), text(state.last),   state.erased ? "1" : ""};
}

Row row_of(const chain::Permission& permission) {
    return {text(permission.depositor),      text(permission.allowed_by),     text(permission.from),
            text_or_empty(permission.until), text_or_empty(permission.count), text(permission.used),
            permission.link ? "1" : "",      permission.removed ? "1" : ""};
}

Row row_of(const chain::DocumentState& document) {
    Row row{text(document.id),
            text(document.deposit),
            text(document.depositor),
            text(document.deposited),
            document.through_link ? "1" : "",
            text(document.commitment),
            text_or_empty(document.header),
            text_or_empty(document.description),
            text_or_empty(document.described),
            text(document.describer),
            document.erased ? "1" : ""};
    for (const Role role : {Role::content, Role::metadata, Role::preview, Role::word}) {
        const auto payload = document.payloads.find(role);
        row.push_back(payload == document.payloads.end() ? "" : text(payload->second));
    }
    return row;
}

constexpr std::size_t kHeaderColumn = 6;
constexpr std::size_t kFirstPayloadColumn = 11;

Row row_of(const chain::Grant& grant) {
    return {text(grant.document),   text(grant.grantee),
            text(grant.granted_by), text_or_empty(grant.expires),
            text(grant.deposit),    text_or_empty(grant.description),
            text(grant.header)};
}

Row row_of(const chain::Seal& seal) {
    Row row{text(seal.bundle),   text(seal.sealed_by), text(seal.documents),
            text(seal.manifest), text(seal.set),       text_or_empty(seal.supplements)};
    for (const Fingerprint& recipient : seal.recipients)
        row.push_back(text(recipient));
    return row;
}

const Row* find(const std::map<std::string, Row>& table, const std::string& key) {
    const auto found = table.find(key);
    return found == table.end() ? nullptr : &found->second;
}

}  // namespace

std::optional<chain::DossierState> RowState::dossier() const {
    if (dossier_.empty()) return std::nullopt;
    return chain::DossierState{fixed<DossierId>(dossier_[0]),
                               dossier_[1],
                               fixed<Fingerprint>(dossier_[2]),
                               fixed<Digest>(dossier_[3]),
                               number_of(dossier_[4]),
                               time_of(dossier_[5]),
                               !dossier_[6].empty()};
}

std::optional<Card> RowState::card(const Fingerprint& id) const {
    const Row* row = find(cards_, text(id));
    if (!row) return std::nullopt;
    return Card{fixed<crypto::X25519Public>((*row)[0]), fixed<crypto::Ed25519Public>((*row)[1])};
}

std::optional<chain::Permission> RowState::permission(const Fingerprint& id) const {
    const Row* found = find(permissions_, text(id));
    if (!found) return std::nullopt;
    const Row& row = *found;
    return chain::Permission{fixed<Fingerprint>(row[0]),
                             fixed<Digest>(row[1]),
                             time_of(row[2]),
                             optional_of(row[3], time_of),
                             optional_of(row[4], number_of),
                             number_of(row[5]),
                             !row[6].empty(),
                             !row[7].empty()};
}

std::optional<chain::DocumentState> RowState::document(const DocumentId& id) const {
    const Row* found = find(documents_, text(id));
    if (!found) return std::nullopt;
    const Row& row = *found;
    chain::DocumentState document;
    document.id = id;
    document.deposit = fixed<Digest>(row[1]);
    document.depositor = fixed<Fingerprint>(row[2]);
    document.deposited = time_of(row[3]);
    document.through_link = !row[4].empty();
    document.commitment = fixed<Commitment>(row[5]);
    document.header = optional_of(row[kHeaderColumn], fixed<Digest>);
    document.description = optional_of(row[7], fixed<Digest>);
    document.described = optional_of(row[8], payload_of);
    document.describer = fixed<Fingerprint>(row[9]);
    document.erased = !row[10].empty();
    std::size_t column = kFirstPayloadColumn;
    for (const Role role : {Role::content, Role::metadata, Role::preview, Role::word}) {
        if (const auto payload = optional_of(row[column++], payload_of)) {
            document.payloads[role] = *payload;
        }
    }
    return document;
}

std::optional<chain::Grant> RowState::grant(const DocumentId& document,
                                            const Fingerprint& grantee) const {
    const Row* found = find(grants_, text(document) + text(grantee));
    if (!found) return std::nullopt;
    const Row& row = *found;
    return chain::Grant{document,
                        grantee,
                        fixed<Digest>(row[2]),
                        optional_of(row[3], time_of),
                        fixed<Digest>(row[4]),
                        optional_of(row[5], fixed<Digest>),
                        fixed<Digest>(row[6])};
}

std::optional<chain::Seal> RowState::seal(const BundleId& id) const {
    const Row* found = find(seals_, text(id));
    if (!found) return std::nullopt;
    const Row& row = *found;
    chain::Seal seal{id,
                     fixed<Digest>(row[1]),
                     number_of(row[2]),
                     fixed<Digest>(row[3]),
                     {},
                     number_of(row[4]),
                     optional_of(row[5], fixed<BundleId>)};
    for (std::size_t column = 6; column < row.size(); ++column)
        seal.recipients.push_back(fixed<Fingerprint>(row[column]));
    return seal;
}

bool RowState::consent_used(const Digest& consent) const {
    return find(consents_, text(consent)) != nullptr;
}

void RowState::apply(const chain::Effects& effects) {
    dossier_ = row_of(effects.dossier);
    for (const Card& card : effects.cards)
        cards_[text(fingerprint(card))] = {text(card.recipient), text(card.signing)};
    for (const auto& permission : effects.permissions)
        permissions_[text(permission.depositor)] = row_of(permission);
    for (const auto& document : effects.documents)
        documents_[text(document.id)] = row_of(document);
    for (const auto& id : effects.erased)
        std::erase_if(grants_, [&](const auto& entry) { return entry.second[0] == text(id); });
    for (const auto& grantee : effects.ended_grantees)
        std::erase_if(grants_, [&](const auto& entry) { return entry.second[1] == text(grantee); });
    for (const auto& [document, grantee] : effects.ended_grants)
        grants_.erase(text(document) + text(grantee));
    for (const auto& grant : effects.grants)
        grants_[text(grant.document) + text(grant.grantee)] = row_of(grant);
    for (const auto& seal : effects.seals)
        seals_[text(seal.bundle)] = row_of(seal);
    for (const auto& consent : effects.consents)
        consents_[text(consent)] = {text(consent)};
    if (effects.new_headers) {
        for (auto& [id, row] : documents_)
            row[kHeaderColumn].clear();
    }
    if (effects.erase_dossier) {
        for (Table* table : {&permissions_, &documents_, &grants_, &seals_, &consents_})
            table->clear();
    }
}

}  // namespace kluis::test
