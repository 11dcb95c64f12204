// Many connections at once, for ThreadSanitizer above all.
#include "support/fresh_database.hpp"
#include "support/temporary_folder.hpp"
#include "visitor.hpp"

#include <doctest/doctest.h>
#include <server/http_server.hpp>
#include <server/log.hpp>
#include <server/vault_service.hpp>
#include <store/files/file_blob_store.hpp>
#include <store/memory/memory_blob_store.hpp>
#include <store/memory/memory_store.hpp>
#include <store/sqlcipher/sqlcipher_store.hpp>

#include <thread>

using namespace kluis;
using test::Visitor;

namespace {

void use_by_several(store::Store& store, store::BlobStore& blobs) {
    server::VaultService service(store, blobs, {}, base::system_clock());
    server::Log log(-1);
    server::HttpServer server(service, log, {});
    service.serve_as("http://127.0.0.1:" + std::to_string(server.port()));
    std::thread running([&] { server.run(); });

    std::atomic<int> good = 0;
    const auto use = [&](int number) {
        const auto code = crypto::random_secret<api::InvitationCode>();
        store.add_invitation(crypto::sha256(code.view()), 0,
                             base::system_clock().now() + std::chrono::hours(1));
        Visitor visitor(server.port(), "person " + std::to_string(number));
        visitor.join(api::invitation_text(code));
        visitor.create();
        for (int i = 0; i < 4; ++i) {
            const std::string content(i % 2 == 0 ? 100 : 100'000, 'x');
            const auto id = visitor.deposit(content);
            good += visitor.get(visitor.document(id)).body.ends_with(content);
        }
    };
    std::vector<std::thread> people;
    for (int number = 0; number < 6; ++number)
        people.emplace_back(use, number);
    for (std::thread& person : people)
        person.join();
    CHECK(good == 24);
    std::vector<std::unique_ptr<test::HttpClient>> idle;
    for (int i = 0; i < 10; ++i)
        idle.push_back(std::make_unique<test::HttpClient>(server.port()));
    server.stop();
    running.join();
}

}  // namespace

TEST_CASE("several people deposit and read at the same time, and the server stops under them") {
    store::MemoryBlobStore blobs;
    store::MemoryStore store(blobs);
    use_by_several(store, blobs);
}

TEST_CASE("several people do so over the store that a server has") {
    const test::TemporaryFolder folder;
    store::FileBlobStore blobs(folder / "blobs");
    store::SqlcipherStore store(folder / "vault.db", test::fresh_database(folder / "vault.db"),
                                blobs);
    use_by_several(store, blobs);
}
