#include "sqlcipher_store.hpp"

#include "parts.hpp"
#include "row_ledger.hpp"
#include "schema.hpp"

#include <kluis/base/file.hpp>

#include <fcntl.h>
#include <store/staging.hpp>

#include <algorithm>

namespace kluis::store {

using namespace sqlcipher;
using base::Error;
using base::ErrorKind;

namespace {

constexpr std::size_t kReaders = 4;

Connection open_writer(const std::filesystem::path& file, const DatabaseKey& key) {
    Connection connection(file, key, Connection::Access::read_write);
    require_schema(connection);
    connection.execute(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 8192;");
    return connection;
}

// SQLite would make the file readable by others.
void make_file(const std::filesystem::path& file) {
    const base::Descriptor made(::open(file.c_str(), O_CREAT | O_TRUNC | O_RDWR | O_CLOEXEC, 0600));
    if (!made) throw Error(ErrorKind::storage, "the database cannot be made");
}

// Whether headers or payloads go with the statement. One that is sent again is asked for too: the
// log may still hold what went the first time.
bool erases(const Submission& submission) {
    const statement::Act& act = submission.statement.statement.act;
    return std::holds_alternative<statement::DocumentErase>(act) ||
           std::holds_alternative<statement::DossierErase>(act) ||
           std::holds_alternative<statement::DossierTransfer>(act) ||
           std::holds_alternative<statement::GrantRevoke>(act);
}

// Thrown to undo a run, of which nothing is to remain.
struct RunRefused {
    Refused why;
};

// Thrown to undo what would be more than may be staged.
struct TooMuch {};

template <class Call>
bool unless_too_much(Call call) {
    try {
        call();
        return true;
    } catch (const TooMuch&) {
        return false;
    }
}

void keep_member(Writing& writing, const DossierId& dossier, const BundleId& bundle, Member member,
                 const StoredPayload& payload, Time now) {
    require_dossier(writing.database, dossier);
    const auto seal = RowState(writing.database, dossier).seal(bundle);
    if (seal && member == Member::manifest && seal->manifest != payload.sha256) {
        throw Error(ErrorKind::conflict, "the bundle was sealed with another manifest");
    }
    stage_bundle_member(writing, dossier, bundle, member, payload, now);
}

// Checking signatures takes longer than writing statements, and one thread writes for all. Whether
// a card has the right is decided there: of a card that this does not find yet, the signature too.
std::vector<Submission> with_checked_signatures(Readers& readers, std::vector<Submission> run) {
    const auto id = statement::dossier_of(run.front().statement);
    std::map<Fingerprint, std::optional<statement::Card>> cards;
    readers.read([&](Connection& database) {
        const RowState state(database, id);
        for (const Submission& submission : run) {
            const Fingerprint& actor = submission.statement.statement.actor;
            if (!cards.contains(actor)) cards.emplace(actor, state.card(actor));
        }
    });
    for (Submission& submission : run) {
        const auto& card = cards.at(submission.statement.statement.actor);
        if (card) statement::check_signature(submission.statement, *card);
    }
    return run;
}

}  // namespace

SqlcipherStore::Parts::Parts(const std::filesystem::path& file, const DatabaseKey& given,
                             BlobStore& blob_store)
    : blobs(blob_store),
      key(given.duplicate()),
      readers([this, file] { return Connection(file, key, Connection::Access::read_only); },
              kReaders),
      writer(open_writer(file, key), blob_store) {}

void SqlcipherStore::make(const std::filesystem::path& file, const DatabaseKey& key) {
    std::filesystem::path unfinished = file;
    unfinished += ".new";
    make_file(unfinished);
    {
        Connection connection(unfinished, key, Connection::Access::read_write);
        make_schema(connection);
    }
    base::rename_new(unfinished, file);
}

SqlcipherStore::SqlcipherStore(const std::filesystem::path& file, const DatabaseKey& key,
                               BlobStore& blobs)
    : parts_(std::make_unique<Parts>(file, key, blobs)) {}

SqlcipherStore::~SqlcipherStore() = default;

bool SqlcipherStore::stage(const std::vector<Staged>& payloads, const StageRules& rules) {
    return unless_too_much([&] {
        parts_->writer.write([&](Writing& writing) {
            std::set<std::pair<DossierId, Fingerprint>> uploaders;
            for (const Staged& staged : payloads) {
                require_dossier(writing.database, staged.dossier);
                stage_payload(writing, staged);
                uploaders.emplace(staged.dossier, staged.by);
            }
            for (const auto& [dossier, by] : uploaders) {
                const RowState state(writing.database, dossier);
                const StagedTotals totals = staged_totals(writing.database, dossier, by);
                if (!may_stage(state, by, totals, rules)) throw TooMuch();
            }
        });
    });
}

bool SqlcipherStore::stage_member(const DossierId& dossier, const BundleId& bundle, Member member,
                                  const StoredPayload& payload, Time now, const StageRules& rules) {
    return unless_too_much([&] {
        parts_->writer.write([&](Writing& writing) {
            keep_member(writing, dossier, bundle, member, payload, now);
            const StagedTotals totals = member_totals(writing.database, dossier);
            if (totals.documents > rules.bundles || totals.bytes > rules.member_bytes) {
                throw TooMuch();
            }
        });
    });
}

StagedTotals SqlcipherStore::staged(const DossierId& dossier, const Fingerprint& by) const {
    return parts_->readers.read(
        [&](Connection& database) { return staged_totals(database, dossier, by); });
}

SubmitResult SqlcipherStore::submit(const std::vector<Submission>& given,
                                    const SubmitRules& rules) {
    if (given.empty()) throw Error(ErrorKind::usage, "a run of statements is empty");
    const std::vector<Submission> run = with_checked_signatures(parts_->readers, given);
    try {
        return parts_->writer.write([&](Writing& writing) {
            RowLedger ledger(writing, statement::dossier_of(run.front().statement));
            SubmitResult result = accept_run(ledger, run, rules);
            if (const auto* refused = std::get_if<Refused>(&result)) throw RunRefused{*refused};
            if (std::ranges::any_of(run, erases)) writing.erases();
            return result;
        });
    } catch (const RunRefused& refused) {
        return refused.why;
    }
}

bool SqlcipherStore::add_reads(const DossierId& id, const Fingerprint& owner, Time at,
                               const std::vector<Bytes>& sealed) {
    return parts_->writer.write([&](Writing& writing) {
        Connection& database = writing.database;
        require_dossier(database, id);
        if (RowState(database, id).dossier()->owner != owner) return false;
        for (const Bytes& entry : sealed) {
            database.run(
                "INSERT INTO reads (dossier, number, at, sealed)"
                " SELECT ?1, coalesce(max(number), 0) + 1, ?2, ?3 FROM reads WHERE dossier = ?1",
                id, at, entry);
        }
        return true;
    });
}

std::vector<StoredRead> SqlcipherStore::reads(const DossierId& id, std::uint64_t from,
                                              std::size_t limit) const {
    return parts_->readers.read([&](Connection& database) {
        std::vector<StoredRead> found;
        auto rows = database.query(
            "SELECT number, sealed FROM reads WHERE dossier = ?1 AND number >= ?2"
            " ORDER BY number LIMIT ?3",
            id, from, limit);
        while (rows.step())
            found.push_back({rows.number(0), rows.bytes(1)});
        return found;
    });
}

}  // namespace kluis::store
