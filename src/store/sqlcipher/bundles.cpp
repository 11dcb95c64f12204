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

// Throws Error(storage) if a payload that the bundle keeps is gone.
StoredPayload kept(Connection& database, const Slot& slot, const Digest& sha256) {
    auto payload = find_payload(database, slot, sha256);
    if (!payload) throw base::Error(base::ErrorKind::storage, "a payload of a bundle is gone");
    return std::move(*payload);
}

std::vector<BundleDocument> documents_of(Connection& database, const DossierId& dossier,
                                         const BundleId& bundle) {
    std::vector<BundleDocument> documents;
    Query rows = database.query(
        "SELECT document, header, content_sha256, metadata_sha256, preview_sha256"
        " FROM bundle_documents WHERE dossier = ?1 AND bundle = ?2 ORDER BY position",
        dossier, bundle);
    while (rows.step()) {
        const auto id = rows.fixed<DocumentId>(0);
        BundleDocument document;
        document.id = id;
        document.header = rows.bytes(1);
        document.content = kept(database, {dossier, id, Role::content}, rows.fixed<Digest>(2));
        document.metadata = kept(database, {dossier, id, Role::metadata}, rows.fixed<Digest>(3));
        if (const auto preview = rows.optional_fixed<Digest>(4)) {
            document.preview = kept(database, {dossier, id, Role::preview}, *preview);
        }
        documents.push_back(std::move(document));
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

}  // namespace kluis::store
