// What of a dossier is shown to whom, from rows.
#include "parts.hpp"
#include "payload_rows.hpp"

#include <store/payload_bytes.hpp>
#include <store/terms.hpp>

namespace kluis::store {

using namespace sqlcipher;
using Query = sqlcipher::Statement;

namespace {

// In each, ?1 is the dossier, ?2 the viewer's card, ?3, where it counts, the time.
constexpr const char* kIsOwner = "SELECT 1 FROM dossiers WHERE dossier = ?1 AND owner = ?2";
constexpr const char* kIsDepositor =
    "SELECT 1 FROM permissions WHERE dossier = ?1 AND depositor = ?2 AND removed = 0"
    " AND (until IS NULL OR until >= ?3)";
// One to whom something was ever granted: that a grant was revoked is shown, so that it is not
// taken for the server's withholding. What is read needs a grant that stands.
constexpr const char* kIsGrantee =
    "SELECT 1 FROM statements JOIN dossiers USING (dossier)"
    " WHERE dossier = ?1 AND subject = ?2 AND type = 'grant.create' AND owner <> ?2 LIMIT 1";

bool may_see(Connection& database, const DossierId& id, const Viewer& viewer, Time now) {
    switch (viewer.as) {
        case ViewAs::owner:
            return database.query(kIsOwner, id, viewer.card).step();
        case ViewAs::depositor:
            return database.query(kIsDepositor, id, viewer.card, now).step();
        case ViewAs::grantee:
            return database.query(kIsGrantee, id, viewer.card).step();
    }
    return false;
}

// In each, ?1 is the dossier, ?2 the viewer's card, ?3 the first place, ?4 the limit, ?5 the time.
constexpr const char* kOwnerStatements =
    "SELECT place, envelope FROM statements WHERE dossier = ?1 AND place >= ?3"
    " ORDER BY place LIMIT ?4";
constexpr const char* kDepositorStatements =
    "SELECT place, envelope FROM statements WHERE dossier = ?1 AND place >= ?3 AND place IN ("
    " SELECT place FROM statements WHERE dossier = ?1"
    "  AND type IN ('dossier.create', 'dossier.transfer')"
    " UNION SELECT place FROM statements WHERE dossier = ?1 AND subject = ?2"
    "  AND type IN ('depositor.allow', 'depositor.remove')"
    " UNION SELECT deposit_place FROM documents WHERE dossier = ?1 AND depositor = ?2"
    " UNION SELECT erased_place FROM documents WHERE dossier = ?1 AND depositor = ?2)"
    " ORDER BY place LIMIT ?4";
const std::string kGranteePlaces =
    "place >= ?3 AND place IN ("
    " SELECT place FROM statements WHERE dossier = ?1"
    "  AND type IN ('dossier.create', 'dossier.transfer')"
    " UNION SELECT place FROM statements WHERE dossier = ?1 AND subject = ?2"
    "  AND type IN ('grant.create', 'grant.revoke')"
    " UNION SELECT deposit_place FROM grants JOIN documents USING (dossier, document)"
    "  WHERE dossier = ?1 AND grantee = ?2 AND (expires IS NULL OR expires > ?5)"
    " UNION SELECT description_place FROM grants JOIN documents USING (dossier, document)"
    "  WHERE dossier = ?1 AND grantee = ?2 AND (expires IS NULL OR expires > ?5))"
    " ORDER BY place LIMIT ?4";
const std::string kGranteeStatements =
    "SELECT place, envelope FROM statements WHERE dossier = ?1 AND " + kGranteePlaces;
const std::string kGranteeHashes =
    "SELECT hash FROM statements WHERE dossier = ?1 AND " + kGranteePlaces;
constexpr std::int64_t kAll = -1;  // as a limit

const char* statements_query(ViewAs as) {
    switch (as) {
        case ViewAs::owner:
            return kOwnerStatements;
        case ViewAs::depositor:
            return kDepositorStatements;
        case ViewAs::grantee:
            return kGranteeStatements.c_str();
    }
    return kOwnerStatements;
}

// The depositors of what is granted to ?2 at ?3, but for who was named as an owner: all others that
// a view shows are named in it.
constexpr const char* kDepositorCards =
    "SELECT DISTINCT recipient, signing, card FROM grants JOIN documents USING (dossier, document)"
    " JOIN cards ON (cards.dossier = ?1 AND cards.card = depositor)"
    " WHERE grants.dossier = ?1 AND grantee = ?2 AND (expires IS NULL OR expires > ?3)";

constexpr const char* kOwnerDocuments =
    "SELECT d.document, d.deposit_place, d.header, m.size, m.sha256, m.blob, m.bytes,"
    " w.size, w.sha256, w.blob, w.bytes FROM documents AS d"
    " JOIN payloads AS m ON (m.dossier = ?1 AND m.document = d.document AND m.role = 'metadata'"
    "  AND m.sha256 = coalesce(d.described_sha256, d.metadata_sha256))"
    " LEFT JOIN payloads AS w ON (w.dossier = ?1 AND w.document = d.document AND w.role = 'word'"
    "  AND w.sha256 = d.word_sha256 AND d.header_sha256 IS NOT NULL)"
    " WHERE d.dossier = ?1 AND d.erased_place IS NULL AND d.document > ?2"
    " AND (d.deposit_place >= ?4 OR d.description_place >= ?4)"
    " ORDER BY d.document LIMIT ?3";
constexpr const char* kGranteeDocuments =
    "SELECT d.document, d.deposit_place, g.header, m.size, m.sha256, m.blob, m.bytes"
    " FROM grants AS g JOIN documents AS d ON (d.dossier = ?1 AND d.document = g.document)"
    " JOIN payloads AS m ON (m.dossier = ?1 AND m.document = d.document AND m.role = 'metadata'"
    "  AND m.sha256 = coalesce(d.described_sha256, d.metadata_sha256))"
    " WHERE g.dossier = ?1 AND g.grantee = ?4 AND (g.expires IS NULL OR g.expires > ?5)"
    " AND g.header IS NOT NULL AND g.document > ?2 "
    " AND (d.deposit_place >= ?6 OR d.description_place >= ?6)"
    " ORDER BY g.document LIMIT ?3";

// The header and the digest of a payload, for owner and grantee.
constexpr const char* kOwnerHeader =
    "SELECT header FROM documents WHERE dossier = ?1 AND document = ?2 AND erased_place IS NULL";
constexpr const char* kGranteeHeader =
    "SELECT header FROM grants WHERE dossier = ?1 AND document = ?2 AND grantee = ?3"
    " AND (expires IS NULL OR expires > ?4) AND header IS NOT NULL";

std::optional<Bytes> header_for(Connection& database, const DossierId& id, const Viewer& viewer,
                                const DocumentId& document, Time now) {
    if (viewer.as == ViewAs::depositor) return std::nullopt;
    Query row = viewer.as == ViewAs::owner
                    ? database.query(kOwnerHeader, id, document)
                    : database.query(kGranteeHeader, id, document, viewer.card, now);
    return row.step() ? std::optional(row.bytes(0)) : std::nullopt;
}

std::optional<Digest> digest_of(const chain::DocumentState& document, Role role) {
    if (role == Role::metadata) return document.metadata().sha256;
    // A word is not carried over by a transfer, which replaces the header.
    if (role == Role::word && !document.header) return std::nullopt;
    const auto found = document.payloads.find(role);
    return found == document.payloads.end() ? std::nullopt : std::optional(found->second.sha256);
}

// All who ever owned the dossier.
std::set<Fingerprint> owners_of(Connection& database, const DossierId& id) {
    std::set<Fingerprint> owners;
    Query rows = database.query(
        "SELECT envelope FROM statements WHERE dossier = ?1"
        " AND type IN ('dossier.create', 'dossier.transfer')",
        id);
    while (rows.step()) {
        const auto act =
            statement::parse_signed(statement::parse_envelope(rows.blob(0))).statement.act;
        if (const auto* create = std::get_if<statement::DossierCreate>(&act)) {
            owners.insert(statement::fingerprint(create->card));
        } else if (const auto* transfer = std::get_if<statement::DossierTransfer>(&act)) {
            owners.insert(statement::fingerprint(transfer->card));
        }
    }
    return owners;
}

DossierSummary summary_of(Connection& database, const DossierId& id) {
    const auto state = RowState(database, id).dossier();
    return {id, state->head, state->length, {}};
}

}  // namespace

std::vector<DossierSummary> SqlcipherStore::dossiers(const Fingerprint& card, Time now) const {
    return parts_->readers.read([&](Connection& database) {
        std::vector<DossierSummary> summaries;
        Query rows = database.query(
            "SELECT dossier FROM dossiers WHERE owner = ?1"
            " UNION SELECT dossier FROM permissions WHERE depositor = ?1"
            " UNION SELECT dossier FROM statements WHERE subject = ?1 AND type = 'grant.create'"
            " ORDER BY dossier",
            card);
        while (rows.step()) {
            DossierSummary summary = summary_of(database, rows.fixed<DossierId>(0));
            for (const ViewAs as : {ViewAs::owner, ViewAs::depositor, ViewAs::grantee}) {
                if (may_see(database, summary.id, {as, card}, now)) summary.as.push_back(as);
            }
            if (!summary.as.empty()) summaries.push_back(std::move(summary));
        }
        return summaries;
    });
}

std::optional<DossierSummary> SqlcipherStore::dossier(const DossierId& id, const Viewer& viewer,
                                                      Time now) const {
    return parts_->readers.read([&](Connection& database) -> std::optional<DossierSummary> {
        if (!may_see(database, id, viewer, now)) return std::nullopt;
        DossierSummary summary = summary_of(database, id);
        summary.as = {viewer.as};
        return summary;
    });
}

std::optional<Envelope> SqlcipherStore::erasure(const DossierId& id, const Fingerprint& card,
                                                Time now) const {
    return parts_->readers.read([&](Connection& database) -> std::optional<Envelope> {
        Query row = database.query(
            "SELECT envelope FROM erased_dossiers JOIN erased_readers USING (dossier)"
            " WHERE dossier = ?1 AND card = ?2 AND at > ?3",
            id, card, now - kErasureTerm);
        return row.step() ? std::optional(statement::parse_envelope(row.blob(0))) : std::nullopt;
    });
}

std::vector<PlacedStatement> SqlcipherStore::statements(const DossierId& id, const Viewer& viewer,
                                                        std::uint64_t from, std::size_t limit,
                                                        Time now) const {
    // Parsing needs no connection.
    const auto encoded = parts_->readers.read([&](Connection& database) {
        std::vector<std::pair<std::uint64_t, Bytes>> found;
        if (!may_see(database, id, viewer, now)) return found;
        const char* sql = statements_query(viewer.as);
        Query rows = viewer.as == ViewAs::grantee
                         ? database.query(sql, id, viewer.card, from, limit, now)
                         : database.query(sql, id, viewer.card, from, limit);
        std::size_t bytes = 0;
        while (bytes < kPageBytes && rows.step()) {
            found.emplace_back(rows.number(0), rows.bytes(1));
            bytes += found.back().second.size();
        }
        return found;
    });
    std::vector<PlacedStatement> shown;
    shown.reserve(encoded.size());
    for (const auto& [place, envelope] : encoded)
        shown.push_back({place, statement::parse_envelope(envelope)});
    return shown;
}

Digest SqlcipherStore::shown(const DossierId& id, const Fingerprint& grantee, Time now) const {
    return parts_->readers.read([&](Connection& database) {
        crypto::Sha256 hash;
        if (!may_see(database, id, {ViewAs::grantee, grantee}, now)) return hash.finish();
        Query rows =
            database.query(kGranteeHashes.c_str(), id, grantee, std::int64_t{0}, kAll, now);
        while (rows.step())
            hash.update(rows.blob(0));
        return hash.finish();
    });
}

std::vector<Card> SqlcipherStore::cards(const DossierId& id, const Viewer& viewer, Time now) const {
    return parts_->readers.read([&](Connection& database) {
        std::vector<Card> cards;
        if (viewer.as != ViewAs::grantee || !may_see(database, id, viewer, now)) return cards;
        std::set<Fingerprint> owners = owners_of(database, id);
        Query rows = database.query(kDepositorCards, id, viewer.card, now);
        while (rows.step()) {
            if (owners.contains(rows.fixed<Fingerprint>(2))) continue;
            cards.push_back(
                {rows.fixed<crypto::X25519Public>(0), rows.fixed<crypto::Ed25519Public>(1)});
        }
        return cards;
    });
}

std::vector<DocumentRow> SqlcipherStore::documents(const DossierId& id, const Viewer& viewer,
                                                   std::uint64_t from,
                                                   const std::optional<DocumentId>& after,
                                                   std::size_t limit, Time now) const {
    return parts_->readers.read([&](Connection& database) {
        std::vector<DocumentRow> found;
        if (viewer.as == ViewAs::depositor || !may_see(database, id, viewer, now)) return found;
        const base::ByteView last = after ? after->view() : base::ByteView();
        Query rows =
            viewer.as == ViewAs::owner
                ? database.query(kOwnerDocuments, id, last, limit, from)
                : database.query(kGranteeDocuments, id, last, limit, viewer.card, now, from);
        while (rows.step()) {
            DocumentRow row{rows.fixed<DocumentId>(0), rows.number(1), rows.bytes(2), {}, {}};
            row.metadata = payload_bytes(stored_payload(rows, 3), parts_->blobs);
            if (viewer.as == ViewAs::owner && !rows.is_null(7)) {
                row.word = payload_bytes(stored_payload(rows, 7), parts_->blobs);
            }
            found.push_back(std::move(row));
        }
        return found;
    });
}

std::optional<std::pair<Bytes, StoredPayload>> SqlcipherStore::payload(const DossierId& id,
                                                                       const Viewer& viewer,
                                                                       const DocumentId& document,
                                                                       Role role, Time now) const {
    using Found = std::optional<std::pair<Bytes, StoredPayload>>;
    return parts_->readers.read([&](Connection& database) -> Found {
        if (role == Role::word && viewer.as != ViewAs::owner) return std::nullopt;
        if (!may_see(database, id, viewer, now)) return std::nullopt;
        auto header = header_for(database, id, viewer, document, now);
        if (!header) return std::nullopt;
        const auto digest = digest_of(*RowState(database, id).document(document), role);
        if (!digest) return std::nullopt;
        auto payload = find_payload(database, {id, document, role}, *digest);
        if (!payload) return std::nullopt;
        if (role == Role::word) header->clear();
        return std::pair(std::move(*header), std::move(*payload));
    });
}

std::optional<Card> SqlcipherStore::owner_card(const DossierId& id) const {
    return parts_->readers.read([&](Connection& database) -> std::optional<Card> {
        const RowState state(database, id);
        const auto dossier = state.dossier();
        return dossier ? state.card(dossier->owner) : std::nullopt;
    });
}

}  // namespace kluis::store
