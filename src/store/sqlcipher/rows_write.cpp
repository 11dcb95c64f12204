#include "rows.hpp"

namespace kluis::store::sqlcipher {

namespace {

void write_dossier(Connection& connection, const chain::DossierState& dossier) {
    connection.run(
        "INSERT INTO dossiers (dossier, jurisdiction, owner, head, length, last)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO UPDATE"
        " SET owner = ?3, head = ?4, length = ?5, last = ?6",
        dossier.id, dossier.jurisdiction, dossier.owner, dossier.head, dossier.length,
        dossier.last);
}

void write_permission(Connection& connection, const DossierId& id,
                      const chain::Permission& permission) {
    connection.run(
        "INSERT OR REPLACE INTO permissions (dossier, depositor, allowed_by, since, until, count,"
        " used, link, removed) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        id, permission.depositor, permission.allowed_by, permission.from, permission.until,
        permission.count, permission.used, permission.link, permission.removed);
}

// A new document, or a description or the erasing of one that is there.
void write_document(Connection& connection, const DossierId& id,
                    const chain::DocumentState& document, std::uint64_t place) {
    if (document.erased) {
        connection.run(
            "UPDATE documents SET erased_place = ?3, header = NULL"
            " WHERE dossier = ?1 AND document = ?2",
            id, document.id, place);
        return;
    }
    if (document.described) {
        connection.run(
            "UPDATE documents SET description_place = ?3, description = ?4, described_sha256 = ?5,"
            " described_size = ?6, describer = ?7 WHERE dossier = ?1 AND document = ?2",
            id, document.id, place, document.description, document.described->sha256,
            document.described->size, document.describer);
        return;
    }
    const auto digest = [&](Role role) {
        const auto found = document.payloads.find(role);
        return found == document.payloads.end() ? std::nullopt
                                                : std::optional(found->second.sha256);
    };
    const auto size = [&](Role role) {
        const auto found = document.payloads.find(role);
        return found == document.payloads.end() ? std::nullopt : std::optional(found->second.size);
    };
    connection.run(
        "INSERT INTO documents (dossier, document, deposit_place, depositor, deposited, link,"
        " deposit, commitment, content_sha256, content_size, metadata_sha256, metadata_size,"
        " preview_sha256, preview_size, word_sha256, word_size, describer, header_sha256)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)",
        id, document.id, place, document.depositor, document.deposited, document.through_link,
        document.deposit, document.commitment, digest(Role::content), size(Role::content),
        digest(Role::metadata), size(Role::metadata), digest(Role::preview), size(Role::preview),
        digest(Role::word), size(Role::word), document.describer, document.header);
}

void write_grant(Connection& connection, const DossierId& id, const chain::Grant& grant) {
    connection.run(
        "INSERT OR REPLACE INTO grants (dossier, document, grantee, granted_by, expires, deposit,"
        " description, header_sha256) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        id, grant.document, grant.grantee, grant.granted_by, grant.expires, grant.deposit,
        grant.description, grant.header);
}

void end_grants(Connection& connection, const DossierId& id, const chain::Effects& effects) {
    for (const DocumentId& document : effects.erased)
        connection.run("DELETE FROM grants WHERE dossier = ?1 AND document = ?2", id, document);
    for (const Fingerprint& grantee : effects.ended_grantees)
        connection.run("DELETE FROM grants WHERE dossier = ?1 AND grantee = ?2", id, grantee);
    for (const auto& [document, grantee] : effects.ended_grants) {
        connection.run("DELETE FROM grants WHERE dossier = ?1 AND document = ?2 AND grantee = ?3",
                       id, document, grantee);
    }
}

void write_seal(Connection& connection, const DossierId& id, const chain::Seal& seal) {
    Bytes recipients;
    for (const Fingerprint& recipient : seal.recipients)
        base::append(recipients, recipient);
    connection.run(
        "INSERT INTO seals (dossier, bundle, sealed_by, documents, manifest, card_set, supplements,"
        " recipients) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        id, seal.bundle, seal.sealed_by, seal.documents, seal.manifest, seal.set, seal.supplements,
        recipients);
}

}  // namespace

void apply(Connection& connection, const DossierId& id, const chain::Effects& effects,
           std::uint64_t place) {
    write_dossier(connection, effects.dossier);
    for (const Card& card : effects.cards) {
        connection.run(
            "INSERT OR IGNORE INTO cards (dossier, card, recipient, signing)"
            " VALUES (?1, ?2, ?3, ?4)",
            id, statement::fingerprint(card), card.recipient, card.signing);
    }
    for (const chain::Permission& permission : effects.permissions)
        write_permission(connection, id, permission);
    for (const chain::DocumentState& document : effects.documents)
        write_document(connection, id, document, place);
    end_grants(connection, id, effects);
    for (const chain::Grant& grant : effects.grants)
        write_grant(connection, id, grant);
    for (const chain::Seal& seal : effects.seals)
        write_seal(connection, id, seal);
    for (const Digest& consent : effects.consents) {
        connection.run("INSERT INTO consents (dossier, consent) VALUES (?1, ?2)", id, consent);
    }
    if (effects.new_headers) {
        connection.run(
            "UPDATE documents SET header_sha256 = NULL, header = NULL WHERE dossier = ?1", id);
    }
}

StoredPayload stored_payload(const Statement& row, int first) {
    StoredPayload payload;
    payload.size = row.number(first);
    payload.sha256 = row.fixed<Digest>(first + 1);
    if (row.is_null(first + 2)) {
        payload.location = row.bytes(first + 3);
    } else {
        payload.location = row.fixed<BlobId>(first + 2);
    }
    return payload;
}

std::optional<BlobId> blob_of(const StoredPayload& payload) {
    const auto* blob = std::get_if<BlobId>(&payload.location);
    return blob ? std::optional(*blob) : std::nullopt;
}

const Bytes* bytes_of(const StoredPayload& payload) {
    return std::get_if<Bytes>(&payload.location);
}

}  // namespace kluis::store::sqlcipher
