#include "kluisd.hpp"
#include "visitor.hpp"

#include <kluis/statement/card_set.hpp>

#include <doctest/doctest.h>
#include <sys/stat.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <sstream>

using namespace kluis;
using test::Kluisd;
using test::Visitor;

namespace {

std::string log_of(const Kluisd& kluisd) {
    return base::to_string(base::read_file(kluisd.log(), 16 * 1024 * 1024));
}

std::string first_line(const std::string& text) {
    return text.substr(0, text.find('\n'));
}

unsigned mode_of(const std::filesystem::path& path) {
    struct stat about {};
    if (::stat(path.c_str(), &about) != 0) return 0;
    return about.st_mode & 0777;
}

}  // namespace

TEST_CASE("a vault is made for its owner alone, and never over another") {
    Kluisd kluisd;
    CHECK(mode_of(kluisd.data()) == 0700);
    CHECK(mode_of(kluisd.data() / "vault.db") == 0600);
    CHECK(mode_of(kluisd.data() / "blobs") == 0700);
    CHECK(mode_of(kluisd.key()) == 0600);
    const auto key = base::read_file(kluisd.key(), 100);
    CHECK(kluisd.run({"init"}).status == 1);
    CHECK(base::read_file(kluisd.key(), 100) == key);
}

TEST_CASE("a database that is empty or not a vault's is refused, and no payload is swept") {
    Kluisd kluisd;
    const auto database = kluisd.data() / "vault.db";
    const auto blob = kluisd.data() / "blobs" / "00" / std::string(32, '0');
    base::write_file(blob, base::as_bytes("evidence"), base::FileMode::owner_only,
                     base::Replace::no);
    SUBCASE("empty") {
        std::filesystem::resize_file(database, 0);
    }
    SUBCASE("cut short") {
        std::filesystem::resize_file(database, 1000);
    }
    SUBCASE("not encrypted") {
        base::write_file(database, base::as_bytes("SQLite format 3" + std::string(4081, '\0')),
                         base::FileMode::owner_only, base::Replace::yes);
    }
    const auto before = base::read_file(database, 1 << 20);
    CHECK(kluisd.run({"check"}).status == 1);
    CHECK(kluisd.run({"invite"}).status == 1);
    CHECK(kluisd.run({"serve", "--listen", "127.0.0.1:0"}).status == 1);
    CHECK(kluisd.run({"init"}).status == 1);
    CHECK(base::read_file(database, 1 << 20) == before);
    CHECK(base::read_file(blob, 100) == base::to_bytes("evidence"));
    // SQLCipher says nothing of its own.
    std::istringstream log(log_of(kluisd));
    for (std::string line; std::getline(log, line);)
        CHECK(line.starts_with("kluisd: "));
}

TEST_CASE("init refuses a folder that is not empty, and makes no key then") {
    const test::TemporaryFolder folder;
    const auto data = folder / "data";
    const auto init = [&](Kluisd& kluisd) {
        return kluisd
            .run_with({"init", "--data", data.native(), "--key-file", (folder / "key").native()})
            .status;
    };
    Kluisd kluisd;
    std::filesystem::create_directories(data);
    ::chmod(data.c_str(), 0755);
    SUBCASE("with a file of somebody's") {
        base::write_file(data / "letter", base::as_bytes("x"), base::FileMode::shared,
                         base::Replace::no);
        CHECK(init(kluisd) == 1);
        CHECK(mode_of(data) == 0755);
    }
    SUBCASE("with payloads whose database is lost") {
        std::filesystem::create_directories(data / "blobs" / "00");
        base::write_file(data / "blobs" / "00" / std::string(32, '0'), base::as_bytes("x"),
                         base::FileMode::owner_only, base::Replace::no);
        CHECK(init(kluisd) == 1);
    }
    SUBCASE("that others may write to") {
        ::chmod(data.c_str(), 0777);
        CHECK(init(kluisd) == 1);
    }
    CHECK_FALSE(std::filesystem::exists(folder / "key"));
    CHECK_FALSE(std::filesystem::exists(data / "vault.db"));
}

TEST_CASE("an init that gets no key leaves nothing behind, and is done again with one") {
    const test::TemporaryFolder folder;
    const auto data = folder / "new" / "data";
    const auto init = [&](Kluisd& kluisd, const std::filesystem::path& key) {
        return kluisd.run_with({"init", "--data", data.native(), "--key-file", key.native()})
            .status;
    };
    Kluisd kluisd;
    const auto key = folder / "key";
    SUBCASE("since others may read it") {
        base::write_file(key, base::read_file(kluisd.key(), 100), base::FileMode::shared,
                         base::Replace::no);
        CHECK(init(kluisd, key) == 1);
    }
    SUBCASE("since its file is none") {
        base::write_file(key, base::as_bytes("no key"), base::FileMode::owner_only,
                         base::Replace::no);
        CHECK(init(kluisd, key) == 1);
    }
    SUBCASE("since its file would lie in the data directory") {
        CHECK(init(kluisd, data / "key") == 1);
    }
    SUBCASE("since there is nowhere to take it from") {
        CHECK(kluisd.run_with({"init", "--data", data.native()}).status == 2);
    }
    CHECK_FALSE(std::filesystem::exists(data.parent_path()));
    std::filesystem::remove(key);
    CHECK(init(kluisd, key) == 0);
    CHECK(kluisd.run_with({"check", "--data", data.native(), "--key-file", key.native()}).status ==
          0);
}

TEST_CASE("an init that was ended in the middle is done again") {
    Kluisd kluisd;
    std::filesystem::rename(kluisd.data() / "vault.db", kluisd.data() / "vault.db.new");
    std::filesystem::resize_file(kluisd.data() / "vault.db.new", 5000);
    CHECK(kluisd.run({"check"}).status == 1);
    CHECK(kluisd.run({"init"}).status == 0);
    CHECK(kluisd.run({"check"}).status == 0);
}

TEST_CASE("a vault is served once at a time, and looked after meanwhile") {
    Kluisd kluisd;
    kluisd.serve();
    CHECK(kluisd.run({"serve", "--listen", "127.0.0.1:0"}).status == 1);
    CHECK(log_of(kluisd).find("another kluisd serves") != std::string::npos);
    CHECK(kluisd.run({"check"}).status == 0);
    CHECK(kluisd.run({"invite"}).status == 0);
    kluisd.stop(SIGKILL);
    kluisd.serve();
    CHECK(kluisd.stop(SIGTERM) == 0);
}

TEST_CASE("another key is told in one message of ours, and in no line of SQLCipher's") {
    Kluisd kluisd;
    base::write_file(kluisd.key(), base::as_bytes(std::string(64, '0')), base::FileMode::owner_only,
                     base::Replace::yes);
    CHECK(kluisd.run({"check"}).status == 1);
    CHECK(log_of(kluisd) == "kluisd: error: the database key does not open this database\n");
}

TEST_CASE("a command without its options, with a lost key, or another key, fails in words") {
    Kluisd kluisd;
    CHECK(kluisd.run_with({}).status == 2);
    CHECK(kluisd.run_with({"serve"}).status == 2);
    CHECK(kluisd.run_with({"dance"}).status == 2);
    CHECK(kluisd.run_with({"--help"}).status == 0);
    CHECK(kluisd.run_with({"check", "--data", kluisd.data().native()}).status == 2);
    CHECK(kluisd.run({"check"}).status == 0);
    ::chmod(kluisd.key().c_str(), 0644);
    CHECK(kluisd.run({"check"}).status == 1);
    CHECK(log_of(kluisd).find("chmod 600") != std::string::npos);
    ::chmod(kluisd.key().c_str(), 0600);
    base::write_file(kluisd.key(), base::as_bytes(std::string(64, '0')), base::FileMode::owner_only,
                     base::Replace::yes);
    CHECK(kluisd.run({"check"}).status == 1);
}

TEST_CASE("an address that is not loopback is refused without TLS, and a wrong one too") {
    Kluisd kluisd;
    CHECK(kluisd.run({"serve", "--listen", "0.0.0.0:0"}).status == 2);
    CHECK(kluisd.run({"serve", "--listen", "[::]:0"}).status == 2);
    CHECK(log_of(kluisd).find("--tls-cert") != std::string::npos);
    CHECK(kluisd.run({"serve", "--listen", "0.0.0.0:0", "--tls-cert", "none", "--tls-key", "none"})
              .status == 2);
    CHECK(log_of(kluisd).find("--origin") != std::string::npos);
    CHECK(kluisd.run({"serve", "--listen", "localhost:0"}).status == 2);
    CHECK(kluisd.run({"serve", "--listen", "127.0.0.1"}).status == 2);
    CHECK(kluisd.run({"serve", "--listen", "127.0.0.1:99999"}).status == 2);
    CHECK(kluisd.run({"serve", "--listen", "127.0.0.1:0", "--tls-cert", "x"}).status == 2);
    CHECK(kluisd.run({"serve", "--listen", "127.0.0.1:0", "--origin", "kluis.example"}).status ==
          2);
}

TEST_CASE("with a certificate it serves TLS 1.3, and nothing older") {
    Kluisd kluisd;
    const std::string folder = kluisd.data().parent_path().native();
    const auto shell = [&](const std::string& command) {
        return std::system(("cd '" + folder + "' && " + command + " >/dev/null 2>&1").c_str());
    };
    REQUIRE(shell("openssl req -x509 -newkey ed25519 -nodes -keyout tls.key -out tls.crt -days 1 "
                  "-subj /CN=localhost -addext subjectAltName=IP:127.0.0.1") == 0);
    kluisd.serve({"--tls-cert", folder + "/tls.crt", "--tls-key", folder + "/tls.key"});
    const std::string request =
        "printf 'GET /api/v1/status HTTP/1.1\\r\\nHost: a\\r\\nConnection: close\\r\\n\\r\\n' | "
        "openssl s_client -quiet -verify_return_error -CAfile tls.crt -connect 127.0.0.1:" +
        std::to_string(kluisd.port());
    CHECK(shell(request + " -ign_eof | grep -q '\"origin\":\"https://127.0.0.1:'") == 0);
    CHECK(shell(request + " -tls1_2 | grep -q HTTP") != 0);
    CHECK(kluisd.stop(SIGTERM) == 0);
}

TEST_CASE("a person joins a served vault, deposits, and finds it again after a restart") {
    Kluisd kluisd;
    const std::string code = first_line(kluisd.run({"invite"}).out);
    kluisd.serve();
    Visitor visitor(kluisd.port(), "N");
    visitor.join(code);
    visitor.create();
    const std::string small = "a small document";
    const std::string large(200'000, 'x');
    const auto first = visitor.deposit(small);
    const auto second = visitor.deposit(large);
    const std::string header = base::to_string(visitor.header);
    CHECK(visitor.get(visitor.document(second)).body == header + large);
    CHECK(kluisd.stop(SIGTERM) == 0);

    CHECK(kluisd.run({"check"}).status == 0);
    kluisd.serve();
    visitor.reconnect(kluisd.port());
    CHECK(visitor.get(visitor.document(first)).body.ends_with(small));
    CHECK(visitor.get(visitor.document(second)).body == header + large);
    CHECK(kluisd.stop(SIGINT) == 0);
}

TEST_CASE("an invitation is printed alone, as JSON with its link, and once for each") {
    Kluisd kluisd;
    const auto plain = kluisd.run({"invite"});
    CHECK(plain.status == 0);
    CHECK(plain.out.size() == 27);
    const auto json =
        kluisd.run({"invite", "--json", "--origin", "https://kluis.example", "--may-invite", "2"});
    const base::Json answer = base::parse_json(base::as_bytes(json.out), "answer");
    base::JsonMembers members(answer, "answer");
    const std::string code = members.string("invitation");
    CHECK(members.string("link") == "https://kluis.example/#invite=" + code);
    CHECK(kluisd.run({"invite", "--may-invite", "1001"}).status == 2);
}

TEST_CASE(
    "a card set in the anchors' folder is taken at the start, and one by another root is not") {
    Kluisd kluisd;
    const auto folder = kluisd.data().parent_path() / "anchors";
    std::filesystem::create_directory(folder);
    const test::Person root("root");
    statement::Anchors anchors;
    anchors.version = 1;
    anchors.roots = {{"nl-commissie-2025", root.signer().public_key(), {0}, std::nullopt}};
    base::write_file(folder / "anchors.json", statement::encode(anchors), base::FileMode::shared,
                     base::Replace::no);
    statement::CardSet set;
    set.jurisdiction = "nl-commissie-2025";
    set.version = 4;
    set.issued = base::Time{1'700'000'000};
    set.end = base::Time{1'900'000'000};
    set.cards = {{test::Person("member").card(), set.issued, std::nullopt}};
    const auto sign_by = [&](const test::Person& signer) {
        base::write_file(folder / "cards.json",
                         statement::encode(statement::sign_card_set(set, signer.signer())),
                         base::FileMode::shared, base::Replace::yes);
    };
    sign_by(test::Person("other root"));
    CHECK(kluisd.run({"serve", "--listen", "127.0.0.1:0", "--anchors", folder.native()}).status ==
          1);
    sign_by(root);
    kluisd.serve({"--anchors", folder.native()});
    CHECK(kluisd.stop(SIGTERM) == 0);
}

TEST_CASE("a serving kluisd leaves no core dump") {
    Kluisd kluisd;
    kluisd.serve();
    std::ifstream limits("/proc/" + std::to_string(kluisd.pid()) + "/limits");
    const std::string text{std::istreambuf_iterator<char>(limits), {}};
    const auto line = text.substr(std::min(text.find("Max core file size"), text.size()));
    CHECK(line.starts_with("Max core file size        0                    0 "));
    CHECK(kluisd.stop(SIGTERM) == 0);
}

TEST_CASE("a payload that is gone is reported by check") {
    Kluisd kluisd;
    const std::string code = first_line(kluisd.run({"invite"}).out);
    kluisd.serve();
    Visitor visitor(kluisd.port(), "N");
    visitor.join(code);
    visitor.create();
    const auto id = visitor.deposit(std::string(200'000, 'x'));
    std::size_t removed = 0;
    for (const auto& entry :
         std::filesystem::recursive_directory_iterator(kluisd.data() / "blobs")) {
        if (entry.is_regular_file() && entry.file_size() == 200'000) {
            removed += std::filesystem::remove(entry.path());
        }
    }
    CHECK(removed == 1);
    CHECK(visitor.get(visitor.document(id)).status == 507);
    kluisd.stop(SIGTERM);
    const auto check = kluisd.run({"check"});
    CHECK(check.status == 1);
    CHECK(check.out.find("missing: ") != std::string::npos);
}

TEST_CASE("the log has each request's route and nothing of people, dossiers or addresses") {
    Kluisd kluisd;
    const std::string code = first_line(kluisd.run({"invite"}).out);
    kluisd.serve();
    Visitor visitor(kluisd.port(), "N");
    visitor.join(code);
    visitor.create();
    const auto id = visitor.deposit("content with a canary");
    visitor.get(visitor.document(id));
    visitor.get("/dossiers/" + std::string(32, 'a') + "?as=owner&canary=1");
    visitor.get("/canary/in/path");
    kluisd.stop(SIGTERM);
    const std::string log = log_of(kluisd);
    CHECK(log.find("GET /dossiers/{dossier}/documents/{document}") != std::string::npos);
    for (const std::string& secret :
         {std::string("canary"), statement::to_text(*visitor.dossier), statement::to_text(id),
          statement::to_text(visitor.person.fingerprint()), std::string("127.0.0.1"), code,
          visitor.session.substr(22, 20)}) {
        INFO(secret);
        CHECK(log.find(secret) == std::string::npos);
    }
}
