// Sealed bundles as rows.
#include "parts.hpp"
#include "payload_rows.hpp"

#include <store/terms.hpp>

namespace kluis::store {

using namespace sqlcipher;
using Query = sqlcipher::Statement;

namespace {

constexpr std::size_t kMembers = 4;

std::map<Member, StoredPayload> members_of(Connection& database, const DossierId& dossier,
                                           const BundleId& bundle) {
    std::map<Member, StoredPayload> members;
    Query rows = database.query(
        "SELECT member, size, sha256, blob, bytes FROM bundle_members"
        " WHERE dossier = ?1 AND bundle = ?2",
        dossier, bundle);
    while (rows.step())
        members.emplace(static_cast<Member>(rows.integer(0)), stored_payload(rows, 1));
    return members;
}

// Sizes alone: the bytes of payloads lie behind them in their rows, and are not touched.
constexpr const char* kDocuments =
    "SELECT b.document, b.header, b.content_sha256, c.size, b.metadata_sha256, m.size,"
    " b.preview_sha256, p.size FROM bundle_documents AS b"
    " LEFT JOIN payloads AS c ON (c.dossier = ?1 AND c.document = b.document"
    "  AND c.role = 'content' AND c.sha256 = b.content_sha256)"
    " LEFT JOIN payloads AS m ON (m.dossier = ?1 AND m.document = b.document"
    "  AND m.role = 'metadata' AND m.sha256 = b.metadata_sha256)"
    " LEFT JOIN payloads AS p ON (p.dossier = ?1 AND p.document = b.document"
    "  AND p.role = 'preview' AND p.sha256 = b.preview_sha256)"
    " WHERE b.dossier = ?1 AND b.bundle = ?2 ORDER BY b.position";

base::Error gone() {
    return {base::ErrorKind::storage, "a payload of a bundle is gone"};
}

// Columns digest, size.
statement::Payload payload_at(const Query& row, int first) {
    if (row.is_null(first + 1)) throw gone();
    return {row.fixed<Digest>(first), row.number(first + 1)};
}

std::vector<BundleDocument> documents_of(Connection& database, const DossierId& dossier,
                                         const BundleId& bundle) {
    std::vector<BundleDocument> documents;
    Query rows = database.query(kDocuments, dossier, bundle);
    while (rows.step()) {
        documents.push_back({rows.fixed<DocumentId>(0), rows.bytes(1), payload_at(rows, 2),
                             payload_at(rows, 4),
                             rows.is_null(6) ? std::nullopt : std::optional(payload_at(rows, 6))});
    }
    return documents;
}

}  // namespace

std::optional<StoredBundle> SqlcipherStore::bundle(const DossierId& dossier, const BundleId& bundle,
                                                   const Fingerprint& owner, Time now) const {
    return parts_->readers.read([&](Connection& database) -> std::optional<StoredBundle> {
        Query row = database.query(
            "SELECT sealed_at FROM bundles JOIN dossiers USING (dossier)"
            " WHERE dossier = ?1 AND bundle = ?2 AND owner = ?3 AND sealed_at > ?4",
            dossier, bundle, owner, now - kBundleTerm);
        if (!row.step()) return std::nullopt;
        StoredBundle found;
        found.id = bundle;
        found.dossier = dossier;
        found.sealed_at = row.time(0);
        found.members = members_of(database, dossier, bundle);
        if (found.members.size() != kMembers) return std::nullopt;
        found.documents = documents_of(database, dossier, bundle);
        return found;
    });
}

StoredPayload SqlcipherStore::sealed_payload(const DossierId& dossier, const DocumentId& document,
                                             Role role, const Digest& sha256) const {
    return parts_->readers.read([&](Connection& database) {
        auto payload = find_payload(database, {dossier, document, role}, sha256);
        if (!payload) throw gone();
        return std::move(*payload);
    });
}

}  // namespace kluis::store
