#include "rows.hpp"

namespace kluis::store::sqlcipher {

using chain::DocumentState;
using chain::DossierState;
using chain::Grant;
using chain::Permission;
using chain::Seal;

namespace {

// Columns recipient, signing.
Card card_at(const Statement& row, int first) {
    return {row.fixed<crypto::X25519Public>(first), row.fixed<crypto::Ed25519Public>(first + 1)};
}

constexpr const char* kPermission =
    "SELECT depositor, allowed_by, since, until, count, used, link, removed FROM permissions"
    " WHERE dossier = ?1 AND depositor = ?2";
constexpr const char* kPermissions =
    "SELECT depositor, allowed_by, since, until, count, used, link, removed FROM permissions"
    " WHERE dossier = ?1";

Permission permission_at(const Statement& row) {
    Permission permission;
    permission.depositor = row.fixed<Fingerprint>(0);
    permission.allowed_by = row.fixed<Digest>(1);
    permission.from = row.time(2);
    permission.until = row.optional_time(3);
    permission.count = row.optional_number(4);
    permission.used = row.number(5);
    permission.link = row.integer(6) != 0;
    permission.removed = row.integer(7) != 0;
    return permission;
}

constexpr const char* kDocument =
    "SELECT document, deposit, depositor, deposited, link, content_sha256, content_size,"
    " metadata_sha256, metadata_size, preview_sha256, preview_size, word_sha256, word_size,"
    " commitment, header_sha256, description, described_sha256, described_size, describer,"
    " erased_place FROM documents WHERE dossier = ?1 AND document = ?2";
constexpr const char* kDocuments =
    "SELECT document, deposit, depositor, deposited, link, content_sha256, content_size,"
    " metadata_sha256, metadata_size, preview_sha256, preview_size, word_sha256, word_size,"
    " commitment, header_sha256, description, described_sha256, described_size, describer,"
    " erased_place FROM documents WHERE dossier = ?1";

// Columns digest, size.
std::optional<statement::Payload> payload_at(const Statement& row, int first) {
    if (row.is_null(first)) return std::nullopt;
    return statement::Payload{row.fixed<Digest>(first), row.number(first + 1)};
}

DocumentState document_at(const Statement& row) {
    DocumentState document;
    document.id = row.fixed<DocumentId>(0);
    document.deposit = row.fixed<Digest>(1);
    document.depositor = row.fixed<Fingerprint>(2);
    document.deposited = row.time(3);
    document.through_link = row.integer(4) != 0;
    int column = 5;
    for (const Role role : {Role::content, Role::metadata, Role::preview, Role::word}) {
        if (const auto payload = payload_at(row, column)) document.payloads.emplace(role, *payload);
        column += 2;
    }
    document.commitment = row.fixed<statement::Commitment>(13);
    document.header = row.optional_fixed<Digest>(14);
    document.description = row.optional_fixed<Digest>(15);
    document.described = payload_at(row, 16);
    document.describer = row.fixed<Fingerprint>(18);
    document.erased = !row.is_null(19);
    return document;
}

constexpr const char* kGrant =
    "SELECT document, grantee, granted_by, expires, deposit, description, header_sha256"
    " FROM grants WHERE dossier = ?1 AND document = ?2 AND grantee = ?3";
constexpr const char* kGrants =
    "SELECT document, grantee, granted_by, expires, deposit, description, header_sha256"
    " FROM grants WHERE dossier = ?1";

Grant grant_at(const Statement& row) {
    Grant grant;
    grant.document = row.fixed<DocumentId>(0);
    grant.grantee = row.fixed<Fingerprint>(1);
    grant.granted_by = row.fixed<Digest>(2);
    grant.expires = row.optional_time(3);
    grant.deposit = row.fixed<Digest>(4);
    grant.description = row.optional_fixed<Digest>(5);
    grant.header = row.fixed<Digest>(6);
    return grant;
}

constexpr const char* kSeal =
    "SELECT bundle, sealed_by, documents, manifest, card_set, supplements, recipients FROM seals"
    " WHERE dossier = ?1 AND bundle = ?2";
constexpr const char* kSeals =
    "SELECT bundle, sealed_by, documents, manifest, card_set, supplements, recipients FROM seals"
    " WHERE dossier = ?1";

Seal seal_at(const Statement& row) {
    Seal seal;
    seal.bundle = row.fixed<BundleId>(0);
    seal.sealed_by = row.fixed<Digest>(1);
    seal.documents = row.number(2);
    seal.manifest = row.fixed<Digest>(3);
    seal.set = row.number(4);
    seal.supplements = row.optional_fixed<BundleId>(5);
    const base::ByteView recipients = row.blob(6);
    for (std::size_t at = 0; at < recipients.size(); at += Fingerprint::kSize)
        seal.recipients.push_back(Fingerprint::from(recipients.subspan(at, Fingerprint::kSize)));
    return seal;
}

}  // namespace

std::optional<DossierState> RowState::dossier() const {
    Statement row = connection_.query(
        "SELECT jurisdiction, owner, head, length, last FROM dossiers WHERE dossier = ?1", id_);
    if (!row.step()) return std::nullopt;
    DossierState state;
    state.id = id_;
    state.jurisdiction = row.text(0);
    state.owner = row.fixed<Fingerprint>(1);
    state.head = row.fixed<Digest>(2);
    state.length = row.number(3);
    state.last = row.time(4);
    return state;
}

std::optional<Card> RowState::card(const Fingerprint& fingerprint) const {
    Statement row = connection_.query(
        "SELECT recipient, signing FROM cards WHERE dossier = ?1 AND card = ?2", id_, fingerprint);
    return row.step() ? std::optional(card_at(row, 0)) : std::nullopt;
}

std::optional<Permission> RowState::permission(const Fingerprint& depositor) const {
    Statement row = connection_.query(kPermission, id_, depositor);
    return row.step() ? std::optional(permission_at(row)) : std::nullopt;
}

std::optional<DocumentState> RowState::document(const DocumentId& id) const {
    Statement row = connection_.query(kDocument, id_, id);
    return row.step() ? std::optional(document_at(row)) : std::nullopt;
}

std::optional<Grant> RowState::grant(const DocumentId& document, const Fingerprint& grantee) const {
    Statement row = connection_.query(kGrant, id_, document, grantee);
    return row.step() ? std::optional(grant_at(row)) : std::nullopt;
}

std::optional<Seal> RowState::seal(const BundleId& id) const {
    Statement row = connection_.query(kSeal, id_, id);
    return row.step() ? std::optional(seal_at(row)) : std::nullopt;
}

bool RowState::consent_used(const Digest& consent) const {
    return connection_
        .query("SELECT 1 FROM consents WHERE dossier = ?1 AND consent = ?2", id_, consent)
        .step();
}

chain::State RowState::whole() const {
    chain::Effects all;
    if (const auto state = dossier()) all.dossier = *state;
    Statement cards =
        connection_.query("SELECT recipient, signing FROM cards WHERE dossier = ?1", id_);
    while (cards.step())
        all.cards.push_back(card_at(cards, 0));
    Statement permissions = connection_.query(kPermissions, id_);
    while (permissions.step())
        all.permissions.push_back(permission_at(permissions));
    Statement documents = connection_.query(kDocuments, id_);
    while (documents.step())
        all.documents.push_back(document_at(documents));
    Statement grants = connection_.query(kGrants, id_);
    while (grants.step())
        all.grants.push_back(grant_at(grants));
    Statement seals = connection_.query(kSeals, id_);
    while (seals.step())
        all.seals.push_back(seal_at(seals));
    Statement consents = connection_.query("SELECT consent FROM consents WHERE dossier = ?1", id_);
    while (consents.step())
        all.consents.push_back(consents.fixed<Digest>(0));
    chain::State state;
    state.apply(all);
    return state;
}

}  // namespace kluis::store::sqlcipher
