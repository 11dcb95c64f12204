#include "payload_rows.hpp"

namespace kluis::store::sqlcipher {

namespace {

void remove_blobs_of(Writing& writing, Statement rows) {
    while (rows.step()) {
        if (const auto blob = rows.optional_fixed<BlobId>(0)) writing.remove_blob(*blob);
    }
}

constexpr const char* kBlob =
    "SELECT blob FROM payloads WHERE dossier = ?1 AND document = ?2 AND role = ?3"
    " AND sha256 = ?4";

// Whether the document row names the payload; of an erased document, none. A word is its
// depositor's to the owner of that time: a transfer takes the header, and with it the word.
constexpr const char* kIsNamed =
    "SELECT 1 FROM documents WHERE dossier = ?1 AND document = ?2 AND erased_place IS NULL"
    " AND ?4 = CASE ?3 WHEN 'content' THEN content_sha256"
    "  WHEN 'metadata' THEN coalesce(described_sha256, metadata_sha256)"
    "  WHEN 'preview' THEN preview_sha256"
    "  WHEN 'word' THEN iif(header_sha256 IS NULL, NULL, word_sha256) END";

constexpr const char* kIsSealed =
    "SELECT 1 FROM bundle_documents WHERE dossier = ?1 AND document = ?2"
    " AND ?4 = CASE ?3 WHEN 'content' THEN content_sha256 WHEN 'metadata' THEN metadata_sha256"
    "  WHEN 'preview' THEN preview_sha256 END";

bool is_needed(Connection& database, const Slot& slot, const Digest& sha256) {
    const auto role = statement::name(slot.role);
    if (database
            .query("SELECT 1 FROM staged WHERE dossier = ?1 AND document = ?2 AND role = ?3"
                   " AND sha256 = ?4",
                   slot.dossier, slot.document, role, sha256)
            .step()) {
        return true;
    }
    if (database.query(kIsNamed, slot.dossier, slot.document, role, sha256).step()) return true;
    return database.query(kIsSealed, slot.dossier, slot.document, role, sha256).step();
}

}  // namespace

std::optional<StoredPayload> find_payload(Connection& connection, const Slot& slot,
                                          const Digest& sha256) {
    Statement row = connection.query(
        "SELECT size, sha256, blob, bytes FROM payloads WHERE dossier = ?1 AND document = ?2"
        " AND role = ?3 AND sha256 = ?4",
        slot.dossier, slot.document, statement::name(slot.role), sha256);
    return row.step() ? std::optional(stored_payload(row, 0)) : std::nullopt;
}

void require_dossier(Connection& connection, const DossierId& dossier) {
    if (!connection.query("SELECT 1 FROM dossiers WHERE dossier = ?1", dossier).step()) {
        throw base::Error(base::ErrorKind::not_found, "there is no such dossier");
    }
}

void stage_payload(Writing& writing, const Staged& staged) {
    Connection& database = writing.database;
    const Slot slot{staged.dossier, staged.document, staged.role};
    const auto role = statement::name(staged.role);
    const StoredPayload& payload = staged.payload;
    std::optional<Digest> before;
    {
        Statement row = database.query(
            "SELECT sha256 FROM staged WHERE dossier = ?1 AND document = ?2 AND role = ?3"
            " AND uploader = ?4",
            staged.dossier, staged.document, role, staged.by);
        if (row.step()) before = row.fixed<Digest>(0);
    }
    remove_blobs_of(writing,
                    database.query(kBlob, staged.dossier, staged.document, role, payload.sha256));
    database.run(
        "INSERT INTO payloads (dossier, document, role, sha256, size, blob, bytes)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"
        " ON CONFLICT DO UPDATE SET blob = excluded.blob, bytes = excluded.bytes",
        staged.dossier, staged.document, role, payload.sha256, payload.size, blob_of(payload),
        bytes_of(payload));
    database.run(
        "INSERT OR REPLACE INTO staged (dossier, document, role, uploader, size, sha256, at)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        staged.dossier, staged.document, role, staged.by, payload.size, payload.sha256, staged.at);
    if (before && *before != payload.sha256) drop_if_unneeded(writing, slot, *before);
}

StagedTotals staged_totals(Connection& connection, const DossierId& dossier,
                           const Fingerprint& by) {
    Statement row = connection.query(
        "SELECT count(DISTINCT document), coalesce(sum(size), 0) FROM staged"
        " WHERE dossier = ?1 AND uploader = ?2",
        dossier, by);
    row.step();
    return {row.number(0), row.number(1)};
}

StagedTotals member_totals(Connection& connection, const DossierId& dossier) {
    Statement row = connection.query(
        "SELECT count(DISTINCT bundle), coalesce(sum(size), 0) FROM bundle_members"
        " WHERE dossier = ?1",
        dossier);
    row.step();
    return {row.number(0), row.number(1)};
}

bool is_staged(Connection& connection, const Slot& slot, const Fingerprint& by,
               const statement::Payload& payload) {
    return connection
        .query(
            "SELECT 1 FROM staged JOIN payloads USING (dossier, document, role, sha256)"
            " WHERE dossier = ?1 AND document = ?2 AND role = ?3 AND uploader = ?4"
            " AND sha256 = ?5 AND payloads.size = ?6",
            slot.dossier, slot.document, statement::name(slot.role), by, payload.sha256,
            payload.size)
        .step();
}

void take_staged(Connection& connection, const Slot& slot, const Fingerprint& by) {
    connection.run(
        "DELETE FROM staged WHERE dossier = ?1 AND document = ?2 AND role = ?3 AND uploader = ?4",
        slot.dossier, slot.document, statement::name(slot.role), by);
}

void drop_payload(Writing& writing, const Slot& slot, const Digest& sha256) {
    Connection& database = writing.database;
    const auto role = statement::name(slot.role);
    remove_blobs_of(writing, database.query(kBlob, slot.dossier, slot.document, role, sha256));
    database.run(
        "DELETE FROM payloads WHERE dossier = ?1 AND document = ?2 AND role = ?3 AND sha256 = ?4",
        slot.dossier, slot.document, role, sha256);
}

void drop_if_unneeded(Writing& writing, const Slot& slot, const Digest& sha256) {
    if (!is_needed(writing.database, slot, sha256)) drop_payload(writing, slot, sha256);
}

void drop_document(Writing& writing, const DossierId& dossier, const DocumentId& document) {
    Connection& database = writing.database;
    remove_blobs_of(writing,
                    database.query("SELECT blob FROM payloads WHERE dossier = ?1 AND document = ?2",
                                   dossier, document));
    database.run("DELETE FROM payloads WHERE dossier = ?1 AND document = ?2", dossier, document);
    database.run("DELETE FROM staged WHERE dossier = ?1 AND document = ?2", dossier, document);
}

void stage_bundle_member(Writing& writing, const DossierId& dossier, const BundleId& bundle,
                         Member member, const StoredPayload& payload, Time now) {
    Connection& database = writing.database;
    const auto number = static_cast<int>(member);
    remove_blobs_of(writing, database.query("SELECT blob FROM bundle_members WHERE dossier = ?1"
                                            " AND bundle = ?2 AND member = ?3",
                                            dossier, bundle, number));
    database.run(
        "INSERT OR REPLACE INTO bundle_members (dossier, bundle, member, at, sha256, size, blob,"
        " bytes) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        dossier, bundle, number, now, payload.sha256, payload.size, blob_of(payload),
        bytes_of(payload));
}

std::uint64_t drop_bundle(Writing& writing, const DossierId& dossier, const BundleId& bundle) {
    Connection& database = writing.database;
    std::vector<std::pair<DocumentId, Digest>> metadata;
    {
        Statement rows = database.query(
            "SELECT document, metadata_sha256 FROM bundle_documents"
            " WHERE dossier = ?1 AND bundle = ?2",
            dossier, bundle);
        while (rows.step())
            metadata.emplace_back(rows.fixed<DocumentId>(0), rows.fixed<Digest>(1));
    }
    remove_blobs_of(
        writing,
        database.query("SELECT blob FROM bundle_members WHERE dossier = ?1 AND bundle = ?2",
                       dossier, bundle));
    std::uint64_t gone = database.run(
        "DELETE FROM bundle_members WHERE dossier = ?1 AND bundle = ?2", dossier, bundle);
    gone += database.run("DELETE FROM bundles WHERE dossier = ?1 AND bundle = ?2", dossier, bundle);
    for (const auto& [document, sha256] : metadata)
        drop_if_unneeded(writing, {dossier, document, Role::metadata}, sha256);
    return gone;
}

void remove_blobs(Writing& writing, const DossierId& dossier) {
    remove_blobs_of(
        writing, writing.database.query("SELECT blob FROM payloads WHERE dossier = ?1", dossier));
    remove_blobs_of(writing, writing.database.query(
                                 "SELECT blob FROM bundle_members WHERE dossier = ?1", dossier));
}

}  // namespace kluis::store::sqlcipher
