// The database itself: its key, its settings, its tables; and that what is erased leaves its files.
#include "backend_sqlcipher.hpp"
#include "scene.hpp"

#include <kluis/base/file.hpp>

#include <support/child.hpp>
#include <support/live_memory.hpp>
#include <sys/stat.h>

#include <algorithm>

namespace kluis::test {

using store::sqlcipher::Connection;

namespace {

using Vault = Scene<Backend>;

bool holds(const std::filesystem::path& file, base::ByteView wanted) {
    if (!std::filesystem::exists(file)) return false;
    const Bytes bytes = base::read_file(file, 1 << 30);
    return std::ranges::search(bytes, wanted).begin() != bytes.end();
}

std::string setting(Connection& connection, const std::string& name) {
    static std::map<std::string, std::string> kept;
    const std::string& sql = kept[name] = "PRAGMA " + name;
    auto row = connection.query(sql.c_str());
    return row.step() ? row.text(0) : "";
}

}  // namespace

TEST_CASE_FIXTURE(Vault, "the database is encrypted, and another key does not open it") {
    backend.close();
    CHECK_FALSE(holds(backend.database(), base::as_bytes("SQLite format 3")));
    CHECK_FALSE(holds(backend.database(), base::as_bytes("dossiers")));
    const auto other = crypto::random_secret<store::DatabaseKey>();
    store::FileBlobStore blobs(backend.payloads());
    CHECK(refuses(base::ErrorKind::wrong_key, [&] {
        return store::SqlcipherStore(backend.database(), other, blobs).check(false).blobs;
    }));
}

TEST_CASE_FIXTURE(Vault, "a database of another version is refused") {
    backend.close();
    Connection(backend.database(), backend.key(), Connection::Access::read_write)
        .execute("PRAGMA user_version = 99");
    CHECK(refuses(base::ErrorKind::malformed, [&] { return backend.reopen(), 0; }));
}

TEST_CASE_FIXTURE(Vault, "the database's files are their owner's alone") {
    for (const char* suffix : {"", "-wal", "-shm"}) {
        struct stat status {};
        REQUIRE(::stat((backend.database().native() + suffix).c_str(), &status) == 0);
        CHECK((status.st_mode & 0777U) == 0600U);
    }
}

TEST_CASE_FIXTURE(Vault, "each connection erases securely and spills nothing to the disk") {
    for (const auto access : {Connection::Access::read_write, Connection::Access::read_only}) {
        Connection connection(backend.database(), backend.key(), access);
        CHECK(setting(connection, "cipher_version") != "");
        CHECK(setting(connection, "secure_delete") == "1");
        CHECK(setting(connection, "temp_store") == "2");
        CHECK(setting(connection, "foreign_keys") == "1");
        CHECK(setting(connection, "journal_mode") == "wal");
        CHECK(setting(connection, "cache_size") == "-65536");
        CHECK(setting(connection, "synchronous") == "2");
    }
    Connection reader(backend.database(), backend.key(), Connection::Access::read_only);
    CHECK_THROWS(reader.execute("DELETE FROM dossiers"));
}

TEST_CASE_FIXTURE(Vault, "the tables and columns kept are these, and no others") {
    const std::map<std::string, std::string> expected{
        {"accounts", "card handle recipient signing login may_invite sealed_secret credentials"},
        {"bundle_documents",
         "dossier bundle position document content_sha256 metadata_sha256 preview_sha256 header"},
        {"bundle_members", "dossier bundle member at sha256 size blob bytes"},
        {"bundles", "dossier bundle sealed_at"},
        {"cards", "dossier card recipient signing"},
        {"consents", "dossier consent"},
        {"documents",
         "dossier document deposit_place erased_place depositor deposited link deposit commitment"
         " content_sha256 content_size metadata_sha256 metadata_size preview_sha256 preview_size"
         " word_sha256 word_size description_place description described_sha256 described_size"
         " describer header_sha256 header"},
        {"dossiers", "dossier jurisdiction owner head length last"},
        {"erased_dossiers", "dossier hash length at envelope"},
        {"erased_readers", "dossier card"},
        {"grants",
         "dossier document grantee granted_by expires deposit description header_sha256 header"},
        {"invitations", "code may_invite expires"},
        {"keyrings", "card revision sealed"},
        {"payloads", "dossier document role sha256 size blob bytes"},
        {"permissions", "dossier depositor allowed_by since until count used link removed"},
        {"reads", "dossier number at sealed"},
        {"seals", "dossier bundle sealed_by documents manifest card_set supplements recipients"},
        {"sessions", "token card account expires"},
        {"staged", "dossier document role uploader size sha256 at"},
        {"statements", "dossier place hash type subject envelope"},
    };
    Connection connection(backend.database(), backend.key(), Connection::Access::read_only);
    std::map<std::string, std::string> found;
    auto rows = connection.query(
        "SELECT t.name, c.name FROM sqlite_schema AS t JOIN pragma_table_info(t.name) AS c"
        " WHERE t.type = 'table' ORDER BY t.name, c.cid");
    while (rows.step()) {
        std::string& columns = found[rows.text(0)];
        columns += (columns.empty() ? "" : " ") + rows.text(1);
    }
    CHECK(found == expected);
}

TEST_CASE_FIXTURE(Vault, "what is erased leaves the write-ahead log empty") {
    const auto log = backend.database().native() + "-wal";
    const Paper paper = deposit(owner), other = deposit(owner);
    grant(other, lawyer);
    CHECK(std::filesystem::file_size(log) > 0);
    SUBCASE("a document") {
        act(owner, DocumentErase{paper.id});
    }
    SUBCASE("a grant") {
        revoke(other, lawyer);
    }
    SUBCASE("a dossier") {
        act(owner, DossierErase{});
    }
    SUBCASE("what has had its time") {
        stage(owner, Paper());
        store().expire(now + kDay);
    }
    CHECK(std::filesystem::file_size(log) == 0);
}

namespace {

// A reader who needs the write-ahead log as it is, as a check does for long.
class LongReader {
  public:
    explicit LongReader(const Backend& backend)
        : connection_(backend.database(), backend.key(), Connection::Access::read_only),
          snapshot_(connection_) {
        connection_.run("SELECT count(*) FROM dossiers");
    }

  private:
    Connection connection_;
    store::sqlcipher::Snapshot snapshot_;
};

}  // namespace

TEST_CASE_FIXTURE(Vault, "what was erased before a kill leaves the log when the store is opened") {
    const auto log = backend.database().native() + "-wal";
    const Paper paper = deposit(owner);
    const Signed erase = next(owner, DocumentErase{paper.id});
    backend.close();
    const Ending ending = in_child([&] {
        backend.reopen();
        const LongReader reader(backend);
        accepted({{erase, {}}});
        return std::filesystem::file_size(log) > 0 ? 0 : 1;
    });
    REQUIRE(ending.exited);
    REQUIRE(ending.status == 0);
    REQUIRE(std::filesystem::file_size(log) > 0);
    backend.reopen();
    CHECK(std::filesystem::file_size(log) == 0);
    CHECK(documents(as_owner()).empty());
}

TEST_CASE_FIXTURE(Vault,
                  "a log that a reader needs is emptied after the reader, by whatever comes") {
    const auto log = backend.database().native() + "-wal";
    const Paper paper = deposit(owner);
    const Signed erase = next(owner, DocumentErase{paper.id});
    {
        const LongReader reader(backend);
        accepted({{erase, {}}});
        CHECK(std::filesystem::file_size(log) > 0);
    }
    SUBCASE("the erasure again") {
        accepted({{erase, {}}});
    }
    SUBCASE("what has had its time") {
        store().expire(now);
        // Returns when what was to be cleaned up after the one before is.
        store().drop_session({});
    }
    CHECK(std::filesystem::file_size(log) == 0);
}

TEST_CASE_FIXTURE(Vault, "a reader who needs the log for long holds up nobody who writes") {
    const Paper paper = deposit(owner);
    const LongReader reader(backend);
    const auto start = std::chrono::steady_clock::now();
    act(owner, DocumentErase{paper.id});
    for (int i = 0; i < 5; ++i)
        store().add_invitation(crypto::random_value<Digest>(), 0, now + kDay);
    // The busy handler alone would take ten seconds for each.
    CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(8));
}

TEST_CASE_FIXTURE(Vault, "an empty database or one that is not there is never made a vault") {
    backend.close();
    SUBCASE("empty") {
        std::filesystem::resize_file(backend.database(), 0);
        CHECK(refuses(base::ErrorKind::malformed, [&] { return backend.reopen(), 0; }));
        CHECK(std::filesystem::file_size(backend.database()) == 0);
    }
    SUBCASE("encrypted, without our tables") {
        std::filesystem::resize_file(backend.database(), 0);
        Connection(backend.database(), backend.key(), Connection::Access::read_write)
            .execute("CREATE TABLE others (a)");
        CHECK(refuses(base::ErrorKind::malformed, [&] { return backend.reopen(), 0; }));
    }
    SUBCASE("not there") {
        std::filesystem::remove(backend.database());
        CHECK(refuses(base::ErrorKind::storage, [&] { return backend.reopen(), 0; }));
        CHECK_FALSE(std::filesystem::exists(backend.database()));
    }
    SUBCASE("made over another") {
        CHECK(refuses(base::ErrorKind::conflict, [&] {
            return store::SqlcipherStore::make(backend.database(), backend.key()), 0;
        }));
        backend.reopen();
        CHECK(is_sound());
    }
}

TEST_CASE_FIXTURE(Vault, "a payload altered on disk is found by a deep check") {
    Paper paper;
    paper.payloads[Role::content] = ciphertext(100'000);
    deposit(owner, paper);
    backend.close();
    for (const auto& entry : std::filesystem::recursive_directory_iterator(backend.payloads())) {
        if (entry.is_regular_file() && entry.file_size() == 100'000) {
            base::write_file(entry.path(), ciphertext(100'000), base::FileMode::owner_only,
                             base::Replace::yes);
        }
    }
    backend.reopen();
    CHECK(store().check(false).missing.empty());
    CHECK(store().check(true).missing.size() == 1);
}

TEST_CASE_FIXTURE(Vault, "rows altered by hand are found by a deep check") {
    const Paper paper = deposit(owner);
    grant(paper, lawyer);
    stage(owner, DocumentId(), Role::preview, ciphertext(100));
    backend.close();
    Connection connection(backend.database(), backend.key(), Connection::Access::read_write);
    SUBCASE("a right") {
        connection.execute("UPDATE documents SET link = 1");
    }
    SUBCASE("a statement") {
        connection.execute("UPDATE statements SET place = 7 WHERE place = 1");
    }
    SUBCASE("an envelope") {
        connection.execute("UPDATE statements SET envelope = x'7b7d' WHERE place = 1");
    }
    SUBCASE("a payload") {
        connection.execute("DELETE FROM payloads WHERE role = 'metadata'");
    }
    SUBCASE("a payload of an upload") {
        connection.execute("DELETE FROM payloads WHERE role = 'preview'");
    }
    SUBCASE("the owner's header") {
        connection.execute("UPDATE documents SET header = NULL");
    }
    SUBCASE("a grantee's header") {
        connection.execute("UPDATE grants SET header = x'00'");
    }
    SUBCASE("a used consent") {
        connection.execute("INSERT INTO consents SELECT dossier, hash FROM statements LIMIT 1");
    }
    SUBCASE("bytes") {
        connection.execute("UPDATE payloads SET bytes = zeroblob(size) WHERE role = 'content'");
    }
    backend.reopen();
    CHECK(store().check(true).missing.size() == 1);
}

TEST_CASE_FIXTURE(Vault, "of a bundle's documents no bytes are held until they are asked for") {
    std::vector<DocumentHeader> headers;
    for (int i = 0; i < 20; ++i) {
        Paper paper;
        paper.payloads[Role::content] = ciphertext(60'000);
        paper.payloads[Role::preview] = ciphertext(60'000);
        headers.push_back(header_of(deposit(owner, paper).id));
    }
    const BundleId id = seal(headers);
    stage_member(id, Member::seal, ciphertext(1500));
    // Once before, for what the connection caches.
    REQUIRE(bundle(id));
    const std::size_t before = live_memory();
    const auto found = bundle(id);
    CHECK(live_memory() - before < 100'000);
    CHECK(found->documents.size() == 20);
}

TEST_CASE_FIXTURE(Vault, "two programs may have the database open") {
    store::FileBlobStore blobs(backend.payloads());
    store::SqlcipherStore second(backend.database(), backend.key(), blobs);
    const auto code = crypto::random_value<Digest>();
    second.add_invitation(code, 0, now + kDay);
    allow(worker);
    CHECK(second.allowed_somewhere(worker.id, now));
    CHECK(second.expire(now + kDay) == 1);
}

}  // namespace kluis::test
