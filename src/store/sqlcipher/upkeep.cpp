// What has had its time, and what `kluisd check` finds, in rows.
#include "parts.hpp"
#include "payload_rows.hpp"

#include <store/payload_bytes.hpp>
#include <store/replay_check.hpp>
#include <store/terms.hpp>

namespace kluis::store {

using namespace sqlcipher;
using Query = sqlcipher::Statement;

namespace {

std::uint64_t expire_staged(Writing& writing, Time now) {
    std::vector<std::pair<Slot, Digest>> old;
    {
        Query rows = writing.database.query(
            "SELECT dossier, document, role, sha256 FROM staged WHERE at <= ?1", now - kStagedTerm);
        while (rows.step()) {
            old.emplace_back(Slot{rows.fixed<DossierId>(0), rows.fixed<DocumentId>(1),
                                  statement::role_named(rows.text(2)).value()},
                             rows.fixed<Digest>(3));
        }
    }
    const std::uint64_t gone =
        writing.database.run("DELETE FROM staged WHERE at <= ?1", now - kStagedTerm);
    for (const auto& [slot, sha256] : old)
        drop_if_unneeded(writing, slot, sha256);
    return gone;
}

// Sealed ones after their term; the members of those never sealed after a day.
std::uint64_t expire_bundles(Writing& writing, Time now) {
    std::vector<std::pair<DossierId, BundleId>> old;
    {
        Query rows = writing.database.query(
            "SELECT dossier, bundle FROM bundles WHERE sealed_at <= ?1"
            " UNION SELECT dossier, bundle FROM bundle_members AS m WHERE NOT EXISTS"
            "  (SELECT 1 FROM bundles AS b WHERE b.dossier = m.dossier AND b.bundle = m.bundle)"
            "  GROUP BY dossier, bundle HAVING max(at) <= ?2",
            now - kBundleTerm, now - kStagedTerm);
        while (rows.step())
            old.emplace_back(rows.fixed<DossierId>(0), rows.fixed<BundleId>(1));
    }
    std::uint64_t gone = 0;
    for (const auto& [dossier, bundle] : old)
        gone += drop_bundle(writing, dossier, bundle);
    return gone;
}

std::uint64_t expire_rows(Writing& writing, Time now) {
    Connection& database = writing.database;
    std::uint64_t gone = database.run("DELETE FROM invitations WHERE expires <= ?1", now);
    gone += database.run("DELETE FROM sessions WHERE expires <= ?1", now);
    gone += database.run("DELETE FROM erased_dossiers WHERE at <= ?1", now - kErasureTerm);
    gone += database.run("DELETE FROM reads WHERE at <= ?1", now - kReadsTerm);
    gone += database.run(
        "UPDATE grants SET header = NULL WHERE expires <= ?1 AND header IS NOT NULL", now);
    return gone;
}

std::vector<DossierId> all_dossiers(Connection& database) {
    std::vector<DossierId> ids;
    Query rows = database.query("SELECT dossier FROM dossiers ORDER BY dossier");
    while (rows.step())
        ids.push_back(rows.fixed<DossierId>(0));
    return ids;
}

// A blob that a row names, to be looked at when no snapshot is open: a long one would keep the
// write-ahead log from being truncated.
struct NamedBlob {
    StoredPayload payload;
    std::string what;
};

// The rows of one dossier.
class DossierCheck {
  public:
    DossierCheck(Connection& database, const BlobStore& blobs, const DossierId& id,
                 CheckReport& report)
        : database_(database), blobs_(blobs), id_(id), report_(report) {}

    // Returns the blobs that the rows name.
    std::vector<NamedBlob> run(bool deep) {
        Query row = database_.query("SELECT length FROM dossiers WHERE dossier = ?1", id_);
        if (!row.step()) return {};
        ++report_.dossiers;
        report_.statements += row.number(0);
        check_named();
        check_headers();
        check_payloads(
            "SELECT size, sha256, blob, bytes, document, role FROM payloads WHERE dossier = ?1",
            deep);
        check_payloads(
            "SELECT size, sha256, blob, bytes, bundle, 'bundle' FROM bundle_members"
            " WHERE dossier = ?1",
            deep);
        if (deep) check_chain();
        return std::move(blobs_named_);
    }

  private:
    std::string in_dossier(const std::string& what) const {
        return what + " in dossier " + statement::to_text(id_);
    }
    void missing(const std::string& what) { report_.missing.push_back(in_dossier(what)); }

    // Each payload that a standing document or a bundle names has its row.
    void check_named() {
        Query count = database_.query(
            "SELECT count(*) FROM documents WHERE dossier = ?1 AND erased_place IS NULL", id_);
        count.step();
        report_.documents += count.number(0);
        Query rows = database_.query(
            "SELECT document, role FROM ("
            " SELECT document, 'content' AS role, content_sha256 AS sha256 FROM documents"
            "  WHERE dossier = ?1 AND erased_place IS NULL"
            " UNION ALL SELECT document, 'metadata', coalesce(described_sha256, metadata_sha256)"
            "  FROM documents WHERE dossier = ?1 AND erased_place IS NULL"
            " UNION ALL SELECT document, 'preview', preview_sha256 FROM documents"
            "  WHERE dossier = ?1 AND erased_place IS NULL AND preview_sha256 IS NOT NULL"
            " UNION ALL SELECT document, 'word', word_sha256 FROM documents"
            "  WHERE dossier = ?1 AND erased_place IS NULL AND word_sha256 IS NOT NULL"
            "  AND header_sha256 IS NOT NULL"
            " UNION ALL SELECT document, 'metadata', metadata_sha256 FROM bundle_documents"
            "  WHERE dossier = ?1"
            " UNION ALL SELECT document, role, sha256 FROM staged WHERE dossier = ?1"
            ") AS named WHERE NOT EXISTS (SELECT 1 FROM payloads AS p WHERE p.dossier = ?1"
            " AND p.document = named.document AND p.role = named.role"
            " AND p.sha256 = named.sha256)",
            id_);
        while (rows.step()) {
            missing(std::string("the ") + rows.text(1) + " of document " +
                    statement::to_text(rows.fixed<DocumentId>(0)) + " is gone");
        }
    }

    // Each standing document has its owner's header and each grant the grantee's, with the digest
    // that was signed. Those of a transfer are signed as a list; of a grant that ends, the header
    // may have been removed.
    void check_headers() {
        Query rows = database_.query(
            "SELECT document, 'owner', header, header_sha256 FROM documents"
            " WHERE dossier = ?1 AND erased_place IS NULL"
            " UNION ALL SELECT document, 'grantee', header, header_sha256 FROM grants"
            "  WHERE dossier = ?1 AND (expires IS NULL OR header IS NOT NULL)",
            id_);
        while (rows.step()) {
            const auto sha256 = rows.optional_fixed<Digest>(3);
            if (!rows.is_null(2) && (!sha256 || crypto::sha256(rows.blob(2)) == *sha256)) continue;
            missing("the header of the " + rows.text(1) + " for document " +
                    statement::to_text(rows.fixed<DocumentId>(0)) + " is gone or altered");
        }
    }

    void check_payloads(const char* sql, bool deep) {
        Query rows = database_.query(sql, id_);
        while (rows.step()) {
            StoredPayload payload = stored_payload(rows, 0);
            const std::string what =
                rows.text(5) + " of " + base::base32_encode(rows.blob(4)) + " is gone or altered";
            if (blob_of(payload)) {
                blobs_named_.push_back({std::move(payload), in_dossier("the " + what)});
            } else if (!is_whole(payload, blobs_, deep)) {
                missing("the " + what);
            }
        }
    }

    void check_chain() {
        try {
            if (!replays()) missing("the chain does not replay to the state that is kept");
        } catch (const base::Error&) {
            missing("the chain or the state is not readable");
        }
    }

    bool replays() {
        ReplayCheck replay;
        Query rows = database_.query(
            "SELECT place, envelope FROM statements WHERE dossier = ?1 ORDER BY place", id_);
        for (std::uint64_t place = 0; rows.step(); ++place) {
            const auto next = statement::parse_signed(statement::parse_envelope(rows.blob(1)));
            if (rows.number(0) != place || !replay.add(next)) return false;
        }
        return replay.matches(RowState(database_, id_).whole());
    }

    Connection& database_;
    const BlobStore& blobs_;
    const DossierId& id_;
    CheckReport& report_;
    std::vector<NamedBlob> blobs_named_;
};

void check_database(Connection& database, CheckReport& report) {
    Query rows = database.query("PRAGMA integrity_check");
    while (rows.step()) {
        if (rows.text(0) != "ok") report.missing.emplace_back("the database is damaged");
    }
}

bool is_named(Connection& database, const BlobId& id) {
    return database
        .query(
            "SELECT 1 FROM payloads WHERE blob = ?1"
            " UNION ALL SELECT 1 FROM bundle_members WHERE blob = ?1",
            id)
        .step();
}

}  // namespace

std::uint64_t SqlcipherStore::expire(Time now) {
    return parts_->writer.write([&](Writing& writing) {
        const std::uint64_t gone =
            expire_rows(writing, now) + expire_staged(writing, now) + expire_bundles(writing, now);
        if (gone > 0) writing.erases();
        return gone;
    });
}

CheckReport SqlcipherStore::check(bool deep) {
    CheckReport report;
    parts_->blobs.sweep([&](const BlobId& id) {
        const bool named =
            parts_->readers.read([&](Connection& database) { return is_named(database, id); });
        if (named) return;
        parts_->blobs.remove(id);
        ++report.swept;
    });
    if (deep) {
        parts_->readers.read([&](Connection& database) { check_database(database, report); });
    }
    const auto ids = parts_->readers.read(all_dossiers);
    for (const DossierId& id : ids) {
        const auto blobs = parts_->readers.read([&](Connection& database) {
            return DossierCheck(database, parts_->blobs, id, report).run(deep);
        });
        for (const NamedBlob& blob : blobs) {
            ++report.blobs;
            if (is_whole(blob.payload, parts_->blobs, deep)) continue;
            // It may have been erased meanwhile.
            const bool named = parts_->readers.read(
                [&](Connection& database) { return is_named(database, *blob_of(blob.payload)); });
            if (named) report.missing.push_back(blob.what);
        }
    }
    return report;
}

}  // namespace kluis::store
