// A thin wrapper of SQLCipher: connections, prepared statements with typed values, transactions.
//
// Every failure is an Error: storage (the disk is full, a read or write failed, the file is
// damaged), wrong_key, unavailable (the database is locked by another program), internal (a defect
// in a statement). Messages name no file and no value.
//
// Thread-safety: a Connection and its statements are used by one thread at a time.
#pragma once

#include <kluis/base/time.hpp>
#include <kluis/crypto/secret.hpp>

#include <filesystem>
#include <memory>
#include <optional>
#include <unordered_map>

struct sqlite3;
struct sqlite3_stmt;

namespace kluis::store {

struct DatabaseKeyTag {
    static constexpr const char* kName = "database key";
};
// The raw key of the database; no derivation lies between.
using DatabaseKey = crypto::SecretBytes<DatabaseKeyTag, 32>;

}  // namespace kluis::store

namespace kluis::store::sqlcipher {

class Connection;

// A prepared statement in use. Goes back to its connection, reset, when it goes.
class Statement {
  public:
    Statement(Statement&& other) noexcept;
    Statement& operator=(Statement&&) = delete;
    ~Statement();

    // Moves to the next row; false at the end.
    bool step();

    // Columns of the row, from 0. Views are valid until the next step.
    bool is_null(int column) const;
    std::int64_t integer(int column) const;
    std::uint64_t number(int column) const { return static_cast<std::uint64_t>(integer(column)); }
    base::Time time(int column) const { return {integer(column)}; }
    base::ByteView blob(int column) const;
    base::Bytes bytes(int column) const { return base::to_bytes(blob(column)); }
    std::string text(int column) const;
    // Throws Error(malformed) if the value is of another length.
    template <class Fixed>
    Fixed fixed(int column) const {
        return Fixed::from(blob(column));
    }
    template <class Fixed>
    std::optional<Fixed> optional_fixed(int column) const {
        return is_null(column) ? std::nullopt : std::optional(fixed<Fixed>(column));
    }
    std::optional<base::Time> optional_time(int column) const {
        return is_null(column) ? std::nullopt : std::optional(time(column));
    }
    std::optional<std::uint64_t> optional_number(int column) const {
        return is_null(column) ? std::nullopt : std::optional(number(column));
    }

  private:
    friend class Connection;
    Statement(Connection& connection, const char* sql, sqlite3_stmt* prepared)
        : connection_(&connection), sql_(sql), prepared_(prepared) {}

    // Whether SQLCipher copies a bound blob, or reads it where it is while the statement runs.
    enum class Keep { copy, in_place };

    void bind(int at, base::ByteView value, Keep keep);
    void bind(int at, std::string_view value, Keep keep);
    void bind(int at, std::int64_t value);
    void bind_null(int at);

    template <class Value>
    void bind_value(int at, const Value& value, Keep keep) {
        if constexpr (std::is_same_v<Value, base::Time>) {
            bind(at, value.seconds);
        } else if constexpr (std::is_integral_v<Value>) {
            bind(at, static_cast<std::int64_t>(value));
        } else if constexpr (std::is_convertible_v<Value, std::string_view>) {
            bind(at, std::string_view(value), keep);
        } else {
            bind(at, base::ByteView(value), keep);
        }
    }
    template <class Value>
    void bind_value(int at, const std::optional<Value>& value, Keep keep) {
        value ? bind_value(at, *value, keep) : bind_null(at);
    }
    template <class Value>
    void bind_value(int at, const Value* value, Keep keep) requires(!std::is_same_v<Value, char>) {
        value ? bind_value(at, *value, keep) : bind_null(at);
    }

    Connection* connection_;
    const char* sql_;
    sqlite3_stmt* prepared_;
};

class Connection {
  public:
    enum class Access { read_write, read_only };

    // Opens the database, which must be there (an empty file is an empty database), and reads from
    // it. Throws Error(wrong_key).
    Connection(const std::filesystem::path& file, const DatabaseKey& key, Access access);
    Connection(Connection&& other) noexcept;
    Connection& operator=(Connection&&) = delete;
    ~Connection();

    // `sql` is a literal: prepared statements are kept by its address.
    template <class... Values>
    Statement query(const char* sql, const Values&... values) {
        Statement statement = prepare(sql);
        [[maybe_unused]] int at = 0;
        (statement.bind_value(++at, values, Statement::Keep::copy), ...);
        return statement;
    }

    // Runs a statement that gives no rows; returns how many rows it changed, those that foreign
    // keys changed not counted.
    template <class... Values>
    std::uint64_t run(const char* sql, const Values&... values) {
        Statement statement = prepare(sql);
        [[maybe_unused]] int at = 0;
        (statement.bind_value(++at, values, Statement::Keep::in_place), ...);
        while (statement.step()) {
        }
        return changes();
    }

    // Several statements without values, not kept.
    void execute(const std::string& sql);

    // Whether a transaction is open: some failures end it.
    bool in_transaction() const;

    // Moves all of the write-ahead log into the database and empties it, waiting at most `patience`
    // for readers who still need it. Returns whether it is empty now.
    bool truncate_log(std::chrono::milliseconds patience) noexcept;

  private:
    friend class Statement;
    Statement prepare(const char* sql);
    void give_back(const char* sql, sqlite3_stmt* prepared);
    std::uint64_t changes() const;
    void set_key(const DatabaseKey& key);
    [[noreturn]] void fail(int code) const;

    sqlite3* database_ = nullptr;
    std::unordered_map<const char*, sqlite3_stmt*> prepared_;
};

// A savepoint within a transaction, undone unless released.
class Savepoint {
  public:
    explicit Savepoint(Connection& connection);
    ~Savepoint();
    Savepoint(const Savepoint&) = delete;
    Savepoint& operator=(const Savepoint&) = delete;

    void release();
    // False if it could not be undone alone: then the whole transaction must be rolled back.
    [[nodiscard]] bool undo() noexcept;

  private:
    Connection& connection_;
    bool open_ = true;
};

// What a reader sees does not change while this is there.
class Snapshot {
  public:
    explicit Snapshot(Connection& connection) : connection_(connection) {
        connection_.run("BEGIN");
    }
    ~Snapshot();
    Snapshot(const Snapshot&) = delete;
    Snapshot& operator=(const Snapshot&) = delete;

  private:
    Connection& connection_;
};

}  // namespace kluis::store::sqlcipher
