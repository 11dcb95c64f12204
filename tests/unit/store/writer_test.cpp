// The one thread that writes: batches, what is undone, what is cleaned up.
#include "faulty_blobs.hpp"

#include <kluis/crypto/random.hpp>

#include <doctest/doctest.h>
#include <store/memory/memory_blob_store.hpp>
#include <store/sqlcipher/sqlcipher_store.hpp>
#include <store/sqlcipher/writer.hpp>
#include <support/refusal.hpp>
#include <support/temporary_folder.hpp>

#include <atomic>
#include <future>

namespace kluis::test {
namespace {

using store::sqlcipher::Connection;
using store::sqlcipher::Savepoint;
using store::sqlcipher::Writer;
using store::sqlcipher::Writing;

struct Database {
    TemporaryFolder folder;
    store::DatabaseKey key = crypto::random_secret<store::DatabaseKey>();

    Database() { store::SqlcipherStore::make(folder / "vault.db", key); }
    Connection open() const {
        Connection connection(folder / "vault.db", key, Connection::Access::read_write);
        connection.execute("PRAGMA journal_mode = WAL");
        return connection;
    }
};

void insert(Connection& connection, int row) {
    connection.run("INSERT INTO invitations (code, may_invite, expires) VALUES (?1, ?2, 0)",
                   base::Bytes{static_cast<std::uint8_t>(row)}, row);
}

std::uint64_t count(Connection& connection) {
    auto rows = connection.query("SELECT count(*) FROM invitations");
    rows.step();
    return rows.number(0);
}

bool has(Connection& connection, int row) {
    return connection.query("SELECT 1 FROM invitations WHERE may_invite = ?1", row).step();
}

constexpr int kGood = 1, kBad = 2;

// Two operations that wait while a third holds up the writer, the second of which fails after it
// has written. Returns whether they shared a transaction: whether the second, which sees the row of
// the first, sees it where another connection does not.
bool share_a_batch(Writer& writer, Connection& other) {
    std::promise<void> held, go;
    std::atomic<bool> shared = false;
    auto blocker = std::async(std::launch::async, [&] {
        writer.write([&](Writing&) {
            held.set_value();
            go.get_future().wait();
        });
    });
    held.get_future().wait();
    std::promise<void> first_begins;
    auto good = std::async(std::launch::async, [&] {
        first_begins.set_value();
        writer.write([](Writing& writing) { insert(writing.database, kGood); });
    });
    first_begins.get_future().wait();
    auto bad = std::async(std::launch::async, [&] {
        go.set_value();
        return refuses(base::ErrorKind::conflict, [&] {
            writer.write([&](Writing& writing) {
                shared = has(writing.database, kGood) && count(other) == 0;
                insert(writing.database, kBad);
                throw base::Error(base::ErrorKind::conflict, "no");
            });
            return 0;
        });
    });
    blocker.get();
    good.get();
    CHECK(bad.get());
    CHECK(has(other, kGood));
    CHECK_FALSE(has(other, kBad));
    writer.write([](Writing& writing) { writing.database.run("DELETE FROM invitations"); });
    return shared;
}

}  // namespace

TEST_CASE_FIXTURE(Database, "an operation that fails takes back its own rows and no others'") {
    store::MemoryBlobStore blobs;
    Connection other = open();
    Writer writer(open(), blobs);
    int together = 0;
    for (int tries = 0; tries < 2000 && together < 5; ++tries)
        together += share_a_batch(writer, other);
    CHECK(together == 5);
}

TEST_CASE_FIXTURE(Database, "a savepoint whose transaction is gone says that it cannot be undone") {
    Connection connection = open();
    connection.run("BEGIN IMMEDIATE");
    {
        Savepoint savepoint(connection);
        insert(connection, kGood);
        CHECK(savepoint.undo());
        CHECK(count(connection) == 0);
    }
    Savepoint savepoint(connection);
    connection.run("ROLLBACK");
    CHECK_FALSE(savepoint.undo());
}

TEST_CASE_FIXTURE(Database, "a blob that cannot be removed is removed after a later commit") {
    store::MemoryBlobStore real;
    std::atomic<int> refusals = 2;
    FaultyBlobs blobs(real, [&] { return refusals-- > 0 ? Fate::disk_full : Fate::done; });
    auto upload = real.create();
    upload->write(base::Bytes(10));
    const auto id = upload->finish();
    Writer writer(open(), blobs);
    writer.write([&](Writing& writing) { writing.remove_blob(id); });
    const auto nothing = [](Writing&) {};
    writer.write(nothing);
    CHECK(real.open(id));
    writer.write(nothing);
    writer.write(nothing);
    CHECK_FALSE(real.open(id));
}

}  // namespace kluis::test
