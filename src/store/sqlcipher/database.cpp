#include "database.hpp"

#include <kluis/base/encoding.hpp>

// Declares sqlite3_key.
#define SQLITE_HAS_CODEC 1
#include <sqlcipher/sqlite3.h>

#include <cerrno>
#include <utility>

namespace kluis::store::sqlcipher {

using base::Error;
using base::ErrorKind;

namespace {

constexpr int kBusyMilliseconds = 10'000;

Error disk_full() {
    return {ErrorKind::storage, "cannot write to the database: the disk is full",
            "make room on the server's disk"};
}

Error error_of(int code) {
    switch (code & 0xff) {
        case SQLITE_FULL:
            return disk_full();
        case SQLITE_NOTADB:
            return {ErrorKind::wrong_key, "the database key does not open this database"};
        case SQLITE_CORRUPT:
            return {ErrorKind::storage, "the database is damaged", "restore it from a backup"};
        case SQLITE_IOERR:
        case SQLITE_CANTOPEN:
        case SQLITE_READONLY:
        case SQLITE_PERM:
            return {ErrorKind::storage, "cannot read or write the database"};
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return {ErrorKind::unavailable, "the database is in use by another program"};
        default:
            return {ErrorKind::internal,
                    std::string("the database refused a statement: ") + sqlite3_errstr(code)};
    }
}

}  // namespace

Statement::Statement(Statement&& other) noexcept
    : connection_(other.connection_),
      sql_(other.sql_),
      prepared_(std::exchange(other.prepared_, nullptr)) {}

Statement::~Statement() {
    if (prepared_) connection_->give_back(sql_, prepared_);
}

bool Statement::step() {
    const int code = sqlite3_step(prepared_);
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) return false;
    connection_->fail(code);
}

bool Statement::is_null(int column) const {
    return sqlite3_column_type(prepared_, column) == SQLITE_NULL;
}

std::int64_t Statement::integer(int column) const {
    return sqlite3_column_int64(prepared_, column);
}

base::ByteView Statement::blob(int column) const {
    const auto* data = static_cast<const std::uint8_t*>(sqlite3_column_blob(prepared_, column));
    return {data, static_cast<std::size_t>(sqlite3_column_bytes(prepared_, column))};
}

std::string Statement::text(int column) const {
    return base::to_string(blob(column));
}

void Statement::bind(int at, base::ByteView value, Keep keep) {
    // A null pointer would bind NULL, which an empty blob is not.
    const void* data = value.empty() ? static_cast<const void*>("") : value.data();
    const int code = sqlite3_bind_blob64(prepared_, at, data, value.size(),
                                         keep == Keep::copy ? SQLITE_TRANSIENT : SQLITE_STATIC);
    if (code != SQLITE_OK) connection_->fail(code);
}

void Statement::bind(int at, std::string_view value, Keep keep) {
    const int code =
        sqlite3_bind_text64(prepared_, at, value.empty() ? "" : value.data(), value.size(),
                            keep == Keep::copy ? SQLITE_TRANSIENT : SQLITE_STATIC, SQLITE_UTF8);
    if (code != SQLITE_OK) connection_->fail(code);
}

void Statement::bind(int at, std::int64_t value) {
    if (const int code = sqlite3_bind_int64(prepared_, at, value)) connection_->fail(code);
}

void Statement::bind_null(int at) {
    if (const int code = sqlite3_bind_null(prepared_, at)) connection_->fail(code);
}

Connection::Connection(const std::filesystem::path& file, const DatabaseKey& key, Access access) {
    const int code = sqlite3_open_v2(file.c_str(), &database_,
                                     SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr);
    try {
        if (code != SQLITE_OK) throw error_of(code);
        sqlite3_extended_result_codes(database_, 1);
        sqlite3_busy_timeout(database_, kBusyMilliseconds);
        set_key(key);
        // What goes wrong is said by our errors; SQLCipher would write lines of its own. Its first
        // key sets this level anew, so that saying it before has no effect.
        execute("PRAGMA cipher_log_level = NONE");
        // Linked with plain SQLite by mistake, everything would work, unencrypted.
        Statement version = query("PRAGMA cipher_version");
        if (!version.step() || version.blob(0).empty()) {
            throw Error(ErrorKind::internal, "this program was linked without SQLCipher");
        }
        execute(
            "PRAGMA temp_store = 2; PRAGMA secure_delete = ON; PRAGMA foreign_keys = ON;"
            "PRAGMA cache_size = -65536; PRAGMA trusted_schema = OFF;");
        // The first read is what finds a wrong key.
        run("SELECT count(*) FROM sqlite_schema");
        if (access == Access::read_only) execute("PRAGMA query_only = ON");
    } catch (...) {
        for (const auto& [sql, prepared] : prepared_)
            sqlite3_finalize(prepared);
        sqlite3_close_v2(database_);
        throw;
    }
}

Connection::Connection(Connection&& other) noexcept
    : database_(std::exchange(other.database_, nullptr)), prepared_(std::move(other.prepared_)) {
    other.prepared_.clear();
}

Connection::~Connection() {
    for (const auto& [sql, prepared] : prepared_)
        sqlite3_finalize(prepared);
    sqlite3_close_v2(database_);
}

// x'…' with the key in hexadecimal is SQLCipher's spelling of a raw key.
void Connection::set_key(const DatabaseKey& key) {
    crypto::SecretBuffer spelled(2 * DatabaseKey::kSize + 3);
    const auto out = spelled.writable();
    out[0] = 'x';
    out[1] = '\'';
    base::hex_encode_to(out.subspan(2), key.view());
    out.back() = '\'';
    const int code =
        sqlite3_key(database_, spelled.view().data(), static_cast<int>(spelled.size()));
    if (code != SQLITE_OK) fail(code);
}

Statement Connection::prepare(const char* sql) {
    const auto found = prepared_.find(sql);
    if (found != prepared_.end()) {
        sqlite3_stmt* prepared = found->second;
        prepared_.erase(found);
        return {*this, sql, prepared};
    }
    sqlite3_stmt* prepared = nullptr;
    const int code =
        sqlite3_prepare_v3(database_, sql, -1, SQLITE_PREPARE_PERSISTENT, &prepared, nullptr);
    if (code != SQLITE_OK) fail(code);
    return {*this, sql, prepared};
}

void Connection::give_back(const char* sql, sqlite3_stmt* prepared) {
    sqlite3_reset(prepared);
    sqlite3_clear_bindings(prepared);
    if (!prepared_.try_emplace(sql, prepared).second) sqlite3_finalize(prepared);
}

void Connection::execute(const std::string& sql) {
    const int code = sqlite3_exec(database_, sql.c_str(), nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) fail(code);
}

std::uint64_t Connection::changes() const {
    return static_cast<std::uint64_t>(sqlite3_changes64(database_));
}

bool Connection::in_transaction() const {
    return sqlite3_get_autocommit(database_) == 0;
}

bool Connection::truncate_log(std::chrono::milliseconds patience) noexcept {
    sqlite3_busy_timeout(database_, static_cast<int>(patience.count()));
    bool emptied = false;
    try {
        Statement checkpoint = query("PRAGMA wal_checkpoint(TRUNCATE)");
        emptied = checkpoint.step() && checkpoint.integer(0) == 0;
    } catch (const Error&) {
        // The disk is full or another program writes: the log stays as it is.
    }
    sqlite3_busy_timeout(database_, kBusyMilliseconds);
    return emptied;
}

void Connection::fail(int code) const {
    // The index of the write-ahead log is made by calls whose failure SQLite tells as any other.
    const bool io = (code & 0xff) == SQLITE_IOERR;
    if (io && sqlite3_system_errno(database_) == ENOSPC) throw disk_full();
    throw error_of(code);
}

Savepoint::Savepoint(Connection& connection) : connection_(connection) {
    connection_.run("SAVEPOINT kluis");
}

Savepoint::~Savepoint() {
    // Whoever must know whether it could be undone has called `undo`.
    if (open_) static_cast<void>(undo());
}

bool Savepoint::undo() noexcept {
    open_ = false;
    if (!connection_.in_transaction()) return false;
    try {
        connection_.run("ROLLBACK TO kluis");
        connection_.run("RELEASE kluis");
        return true;
    } catch (const Error&) {
        return false;
    }
}

void Savepoint::release() {
    connection_.run("RELEASE kluis");
    open_ = false;
}

Snapshot::~Snapshot() {
    try {
        if (connection_.in_transaction()) connection_.run("ROLLBACK");
    } catch (const Error&) {
        // A reader has nothing to undo; its connection ends the transaction when it is closed.
    }
}

}  // namespace kluis::store::sqlcipher
