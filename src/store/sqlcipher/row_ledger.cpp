#include "row_ledger.hpp"

namespace kluis::store::sqlcipher {

using namespace statement;
using Query = sqlcipher::Statement;

std::optional<std::uint64_t> RowLedger::place_of(const Signed& statement) const {
    Query row =
        database_.query("SELECT place, envelope FROM statements WHERE dossier = ?1 AND hash = ?2",
                        id_, statement.hash);
    if (!row.step() || !base::equal(row.blob(1), encode(statement.envelope))) return std::nullopt;
    return row.number(0);
}

std::optional<ErasedChain> RowLedger::erased(const Fingerprint& reader) const {
    Query row = database_.query("SELECT hash, length FROM erased_dossiers WHERE dossier = ?1", id_);
    if (!row.step()) return std::nullopt;
    ErasedChain erased{row.fixed<Digest>(0), row.number(1), false};
    erased.could_read =
        database_
            .query("SELECT 1 FROM erased_readers WHERE dossier = ?1 AND card = ?2", id_, reader)
            .step();
    return erased;
}

std::uint64_t RowLedger::deposits_since(const Fingerprint& depositor, Time after) const {
    Query row = database_.query(
        "SELECT count(*) FROM documents WHERE dossier = ?1 AND depositor = ?2 AND deposited > ?3",
        id_, depositor, after);
    row.step();
    return row.number(0);
}

std::vector<DocumentId> RowLedger::standing() const {
    std::vector<DocumentId> ids;
    Query rows = database_.query(
        "SELECT document FROM documents WHERE dossier = ?1 AND erased_place IS NULL", id_);
    while (rows.step())
        ids.push_back(rows.fixed<DocumentId>(0));
    return ids;
}

bool RowLedger::is_staged(const DocumentId& document, Role role, const Fingerprint& by,
                          const Payload& payload) const {
    return sqlcipher::is_staged(database_, {id_, document, role}, by, payload);
}

bool RowLedger::is_manifest_staged(const BundleId& bundle, const Digest& manifest) const {
    return database_
        .query(
            "SELECT 1 FROM bundle_members WHERE dossier = ?1 AND bundle = ?2 AND member = ?3"
            " AND sha256 = ?4",
            id_, bundle, static_cast<int>(Member::manifest), manifest)
        .step();
}

std::uint64_t RowLedger::owned(const Fingerprint& owner) const {
    Query row = database_.query("SELECT count(*) FROM dossiers WHERE owner = ?1", owner);
    row.step();
    return row.number(0);
}

void RowLedger::keep(const Acceptance& acceptance) {
    if (acceptance.effects.erase_dossier) return erase_all(acceptance);
    apply(database_, id_, acceptance.effects, acceptance.place);
    keep_statement(acceptance);
    std::visit([&](const auto& act) { keep_act(act, acceptance); },
               acceptance.submission.statement.statement.act);
}

void RowLedger::keep_statement(const Acceptance& acceptance) {
    const Signed& statement = acceptance.submission.statement;
    database_.run(
        "INSERT INTO statements (dossier, place, hash, type, subject, envelope)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        id_, acceptance.place, statement.hash, type_name(statement.statement.act),
        subject_of(statement.statement.act), encode(statement.envelope));
}

void RowLedger::keep_owner_header(const DocumentHeader& header) {
    database_.run("UPDATE documents SET header = ?3 WHERE dossier = ?1 AND document = ?2", id_,
                  header.document, header.header);
}

void RowLedger::keep_act(const DocumentDeposit& act, const Acceptance& acceptance) {
    keep_owner_header(acceptance.submission.headers.front());
    for (const auto& [role, payload] : act.payloads) {
        take_staged(database_, {id_, act.document, role},
                    acceptance.submission.statement.statement.actor);
    }
}

void RowLedger::keep_act(const DocumentDescribe& act, const Acceptance& acceptance) {
    const Slot slot{id_, act.document, Role::metadata};
    take_staged(database_, slot, acceptance.submission.statement.statement.actor);
    std::vector<Digest> all;
    {
        Query rows = database_.query(
            "SELECT sha256 FROM payloads WHERE dossier = ?1 AND document = ?2 AND role = "
            "'metadata'",
            id_, act.document);
        while (rows.step())
            all.push_back(rows.fixed<Digest>(0));
    }
    for (const Digest& sha256 : all)
        drop_if_unneeded(writing_, slot, sha256);
}

void RowLedger::keep_act(const DocumentErase& act, const Acceptance&) {
    std::vector<BundleId> bundles;
    {
        Query rows = database_.query(
            "SELECT DISTINCT bundle FROM bundle_documents WHERE dossier = ?1 AND document = ?2",
            id_, act.document);
        while (rows.step())
            bundles.push_back(rows.fixed<BundleId>(0));
    }
    for (const BundleId& bundle : bundles)
        drop_bundle(writing_, id_, bundle);
    drop_document(writing_, id_, act.document);
}

void RowLedger::keep_act(const GrantCreate& act, const Acceptance& acceptance) {
    for (const DocumentHeader& header : acceptance.submission.headers) {
        database_.run(
            "UPDATE grants SET header = ?4"
            " WHERE dossier = ?1 AND document = ?2 AND grantee = ?3",
            id_, header.document, act.grantee, header.header);
    }
}

// A word and the record of reads are sealed to the old owner's card alone.
void RowLedger::keep_act(const DossierTransfer&, const Acceptance& acceptance) {
    for (const DocumentHeader& header : acceptance.submission.headers)
        keep_owner_header(header);
    std::vector<std::pair<DocumentId, Digest>> words;
    {
        Query rows = database_.query(
            "SELECT document, word_sha256 FROM documents"
            " WHERE dossier = ?1 AND word_sha256 IS NOT NULL",
            id_);
        while (rows.step())
            words.emplace_back(rows.fixed<DocumentId>(0), rows.fixed<Digest>(1));
    }
    for (const auto& [document, sha256] : words)
        drop_payload(writing_, {id_, document, Role::word}, sha256);
    database_.run("DELETE FROM reads WHERE dossier = ?1", id_);
}

void RowLedger::keep_act(const BundleSeal& act, const Acceptance& acceptance) {
    database_.run("INSERT INTO bundles (dossier, bundle, sealed_at) VALUES (?1, ?2, ?3)", id_,
                  act.bundle, acceptance.now);
    std::size_t position = 0;
    for (const DocumentHeader& header : acceptance.submission.headers)
        keep_sealed_document(act.bundle, position++, header);
}

void RowLedger::keep_sealed_document(const BundleId& bundle, std::size_t position,
                                     const DocumentHeader& header) {
    const SealedPayloads payloads = sealed_payloads(*state_.document(header.document));
    database_.run(
        "INSERT INTO bundle_documents (dossier, bundle, position, document, content_sha256,"
        " metadata_sha256, preview_sha256, header) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        id_, bundle, position, header.document, payloads.content, payloads.metadata,
        payloads.preview, header.header);
}

void RowLedger::erase_all(const Acceptance& acceptance) {
    const Signed& statement = acceptance.submission.statement;
    database_.run(
        "INSERT INTO erased_dossiers (dossier, hash, length, at, envelope)"
        " VALUES (?1, ?2, ?3, ?4, ?5)",
        id_, statement.hash, acceptance.effects.dossier.length, acceptance.now,
        encode(statement.envelope));
    database_.run(
        "INSERT INTO erased_readers (dossier, card)"
        " SELECT dossier, owner FROM dossiers WHERE dossier = ?1"
        " UNION SELECT dossier, depositor FROM permissions"
        "  WHERE dossier = ?1 AND removed = 0 AND (until IS NULL OR until >= ?2)"
        " UNION SELECT dossier, grantee FROM grants"
        "  WHERE dossier = ?1 AND (expires IS NULL OR expires > ?2)",
        id_, acceptance.now);
    remove_blobs(writing_, id_);
    database_.run("DELETE FROM dossiers WHERE dossier = ?1", id_);
}

}  // namespace kluis::store::sqlcipher
