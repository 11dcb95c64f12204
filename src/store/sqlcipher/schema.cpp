#include "schema.hpp"

namespace kluis::store::sqlcipher {

namespace {

// Large values come last in a row, so that reading the others does not read them. Tables with
// large rows have a rowid; those of small rows are their own index.
constexpr const char* kSchema[] = {
    // --- accounts ---
    "CREATE TABLE invitations (code BLOB PRIMARY KEY, may_invite INTEGER NOT NULL,"
    " expires INTEGER NOT NULL) WITHOUT ROWID",
    "CREATE TABLE accounts (card BLOB PRIMARY KEY, handle TEXT NOT NULL UNIQUE,"
    " recipient BLOB NOT NULL, signing BLOB NOT NULL, login BLOB NOT NULL,"
    " may_invite INTEGER NOT NULL, sealed_secret BLOB NOT NULL, credentials BLOB NOT NULL)",
    "CREATE TABLE keyrings (card BLOB PRIMARY KEY REFERENCES accounts, revision INTEGER NOT NULL,"
    " sealed BLOB NOT NULL)",
    "CREATE TABLE sessions (token BLOB PRIMARY KEY, card BLOB NOT NULL, account INTEGER NOT NULL,"
    " expires INTEGER NOT NULL) WITHOUT ROWID",
    "CREATE INDEX sessions_by_card ON sessions (card, expires)",

    // --- dossiers: the chain ---
    "CREATE TABLE dossiers (dossier BLOB PRIMARY KEY, jurisdiction TEXT NOT NULL,"
    " owner BLOB NOT NULL, head BLOB NOT NULL, length INTEGER NOT NULL, last INTEGER NOT NULL)"
    " WITHOUT ROWID",
    "CREATE INDEX dossiers_by_owner ON dossiers (owner)",
    "CREATE TABLE statements (dossier BLOB NOT NULL REFERENCES dossiers ON DELETE CASCADE,"
    " place INTEGER NOT NULL, hash BLOB NOT NULL, type TEXT NOT NULL, subject BLOB,"
    " envelope BLOB NOT NULL, PRIMARY KEY (dossier, place))",
    "CREATE INDEX statements_by_hash ON statements (dossier, hash)",
    "CREATE INDEX statements_by_grantee ON statements (subject, dossier)"
    " WHERE type = 'grant.create'",
    "CREATE INDEX statements_on_owners ON statements (dossier, place)"
    " WHERE type IN ('dossier.create', 'dossier.transfer')",
    "CREATE INDEX statements_by_subject ON statements (dossier, subject, place)"
    " WHERE subject IS NOT NULL",

    // --- dossiers: the state that the chain makes ---
    "CREATE TABLE cards (dossier BLOB NOT NULL REFERENCES dossiers ON DELETE CASCADE,"
    " card BLOB NOT NULL, recipient BLOB NOT NULL, signing BLOB NOT NULL,"
    " PRIMARY KEY (dossier, card)) WITHOUT ROWID",
    "CREATE INDEX cards_by_card ON cards (card)",
    "CREATE TABLE permissions (dossier BLOB NOT NULL REFERENCES dossiers ON DELETE CASCADE,"
    " depositor BLOB NOT NULL, allowed_by BLOB NOT NULL, since INTEGER NOT NULL, until INTEGER,"
    " count INTEGER, used INTEGER NOT NULL, link INTEGER NOT NULL, removed INTEGER NOT NULL,"
    " PRIMARY KEY (dossier, depositor)) WITHOUT ROWID",
    "CREATE INDEX permissions_by_depositor ON permissions (depositor)",
    "CREATE TABLE documents (dossier BLOB NOT NULL REFERENCES dossiers ON DELETE CASCADE,"
    " document BLOB NOT NULL, deposit_place INTEGER NOT NULL, erased_place INTEGER,"
    " depositor BLOB NOT NULL, deposited INTEGER NOT NULL, link INTEGER NOT NULL,"
    " deposit BLOB NOT NULL, commitment BLOB NOT NULL,"
    " content_sha256 BLOB NOT NULL, content_size INTEGER NOT NULL,"
    " metadata_sha256 BLOB NOT NULL, metadata_size INTEGER NOT NULL,"
    " preview_sha256 BLOB, preview_size INTEGER, word_sha256 BLOB, word_size INTEGER,"
    " description_place INTEGER, description BLOB, described_sha256 BLOB, described_size INTEGER,"
    " describer BLOB NOT NULL, header_sha256 BLOB, header BLOB, PRIMARY KEY (dossier, document))",
    "CREATE INDEX documents_by_depositor ON documents (dossier, depositor, deposited)",
    "CREATE TABLE grants (dossier BLOB NOT NULL REFERENCES dossiers ON DELETE CASCADE,"
    " document BLOB NOT NULL, grantee BLOB NOT NULL, granted_by BLOB NOT NULL, expires INTEGER,"
    " deposit BLOB NOT NULL, description BLOB, header_sha256 BLOB NOT NULL, header BLOB,"
    " PRIMARY KEY (dossier, document, grantee)) WITHOUT ROWID",
    "CREATE INDEX grants_by_grantee ON grants (grantee, dossier, document)",
    "CREATE INDEX grants_by_end ON grants (expires) WHERE expires IS NOT NULL"
    " AND header IS NOT NULL",
    "CREATE TABLE seals (dossier BLOB NOT NULL REFERENCES dossiers ON DELETE CASCADE,"
    " bundle BLOB NOT NULL, sealed_by BLOB NOT NULL, documents INTEGER NOT NULL,"
    " manifest BLOB NOT NULL, card_set INTEGER NOT NULL, supplements BLOB,"
    " recipients BLOB NOT NULL, PRIMARY KEY (dossier, bundle)) WITHOUT ROWID",
    "CREATE TABLE consents (dossier BLOB NOT NULL REFERENCES dossiers ON DELETE CASCADE,"
    " consent BLOB NOT NULL, PRIMARY KEY (dossier, consent)) WITHOUT ROWID",

    // --- payloads; a payload of the same digest is kept once in its place ---
    "CREATE TABLE payloads (dossier BLOB NOT NULL REFERENCES dossiers ON DELETE CASCADE,"
    " document BLOB NOT NULL, role TEXT NOT NULL, sha256 BLOB NOT NULL, size INTEGER NOT NULL,"
    " blob BLOB, bytes BLOB, PRIMARY KEY (dossier, document, role, sha256))",
    "CREATE INDEX payloads_by_blob ON payloads (blob) WHERE blob IS NOT NULL",
    "CREATE TABLE staged (dossier BLOB NOT NULL REFERENCES dossiers ON DELETE CASCADE,"
    " document BLOB NOT NULL, role TEXT NOT NULL, uploader BLOB NOT NULL, size INTEGER NOT NULL,"
    " sha256 BLOB NOT NULL, at INTEGER NOT NULL,"
    " PRIMARY KEY (dossier, document, role, uploader)) WITHOUT ROWID",
    "CREATE INDEX staged_by_uploader ON staged (dossier, uploader, document, size)",
    "CREATE INDEX staged_by_time ON staged (at)",

    // --- bundles ---
    "CREATE TABLE bundles (dossier BLOB NOT NULL REFERENCES dossiers ON DELETE CASCADE,"
    " bundle BLOB NOT NULL, sealed_at INTEGER NOT NULL, PRIMARY KEY (dossier, bundle))"
    " WITHOUT ROWID",
    "CREATE TABLE bundle_members (dossier BLOB NOT NULL REFERENCES dossiers ON DELETE CASCADE,"
    " bundle BLOB NOT NULL, member INTEGER NOT NULL, at INTEGER NOT NULL, sha256 BLOB NOT NULL,"
    " size INTEGER NOT NULL, blob BLOB, bytes BLOB, PRIMARY KEY (dossier, bundle, member))",
    "CREATE INDEX bundle_members_by_time ON bundle_members (dossier, bundle, at, size)",
    "CREATE INDEX bundle_members_by_blob ON bundle_members (blob) WHERE blob IS NOT NULL",
    "CREATE TABLE bundle_documents (dossier BLOB NOT NULL, bundle BLOB NOT NULL,"
    " position INTEGER NOT NULL, document BLOB NOT NULL, content_sha256 BLOB NOT NULL,"
    " metadata_sha256 BLOB NOT NULL, preview_sha256 BLOB, header BLOB NOT NULL,"
    " PRIMARY KEY (dossier, bundle, position),"
    " FOREIGN KEY (dossier, bundle) REFERENCES bundles ON DELETE CASCADE) WITHOUT ROWID",
    "CREATE INDEX bundle_documents_by_document ON bundle_documents (dossier, document)",

    // --- the owner's record of reads, sealed to the owner ---
    "CREATE TABLE reads (dossier BLOB NOT NULL REFERENCES dossiers ON DELETE CASCADE,"
    " number INTEGER NOT NULL, at INTEGER NOT NULL, sealed BLOB NOT NULL,"
    " PRIMARY KEY (dossier, number)) WITHOUT ROWID",
    "CREATE INDEX reads_by_time ON reads (at)",

    // --- what is left of an erased dossier, for 30 days ---
    "CREATE TABLE erased_dossiers (dossier BLOB PRIMARY KEY, hash BLOB NOT NULL,"
    " length INTEGER NOT NULL, at INTEGER NOT NULL, envelope BLOB NOT NULL) WITHOUT ROWID",
    "CREATE TABLE erased_readers (dossier BLOB NOT NULL REFERENCES erased_dossiers"
    " ON DELETE CASCADE, card BLOB NOT NULL, PRIMARY KEY (dossier, card)) WITHOUT ROWID",
};

}  // namespace

std::span<const char* const> schema() {
    return kSchema;
}

void make_schema(Connection& connection) {
    connection.run("BEGIN IMMEDIATE");
    for (const char* statement : kSchema)
        connection.run(statement);
    connection.execute("PRAGMA user_version = " + std::to_string(kSchemaVersion));
    connection.run("COMMIT");
}

void require_schema(Connection& connection) {
    Statement version = connection.query("PRAGMA user_version");
    version.step();
    const std::int64_t found = version.integer(0);
    if (found == kSchemaVersion) return;
    if (found == 0) {
        throw base::Error(base::ErrorKind::malformed,
                          "the database is empty or not that of a vault",
                          "restore it from a backup");
    }
    throw base::Error(base::ErrorKind::malformed,
                      "the database was made by another version of this program");
}

}  // namespace kluis::store::sqlcipher
