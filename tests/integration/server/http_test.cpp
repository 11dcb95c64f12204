// The HTTP server in this process, with limits that a test can wait for.
#include "support/refusal.hpp"
#include "support/temporary_folder.hpp"
#include "visitor.hpp"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <server/http_server.hpp>
#include <server/log.hpp>
#include <server/vault_service.hpp>
#include <store/memory/memory_blob_store.hpp>
#include <store/memory/memory_store.hpp>

#include <thread>

using namespace kluis;
using base::ErrorKind;
using test::HttpClient;
using test::Visitor;

namespace {

constexpr std::chrono::milliseconds kSoon{300};

class Served {
  public:
    explicit Served(server::HttpLimits limits = {})
        : service(store, blobs, {}, base::system_clock()),
          log(::open("/dev/null", O_WRONLY | O_CLOEXEC)),
          server(service, log, options(limits)),
          thread([this] { server.run(); }) {
        service.serve_as("http://127.0.0.1:" + std::to_string(server.port()));
    }
    ~Served() {
        server.stop();
        thread.join();
    }

    Visitor visitor(const std::string& name) {
        const auto code = crypto::random_secret<api::InvitationCode>();
        store.add_invitation(crypto::sha256(code.view()), 0,
                             base::system_clock().now() + std::chrono::hours(1));
        Visitor visitor(server.port(), name);
        visitor.join(api::invitation_text(code));
        visitor.create();
        return visitor;
    }

    store::MemoryBlobStore blobs;
    store::MemoryStore store{blobs};
    server::VaultService service;
    server::Log log;
    server::HttpServer server;
    std::thread thread;

  private:
    static server::HttpOptions options(const server::HttpLimits& limits) {
        server::HttpOptions options;
        options.limits = limits;
        return options;
    }
};

// Another server of the same vault, with limits of its own.
class Front {
  public:
    Front(Served& served, const server::HttpLimits& limits)
        : server_(served.service, served.log, options(limits)),
          thread_([this] { server_.run(); }) {}
    ~Front() {
        server_.stop();
        thread_.join();
    }
    std::uint16_t port() const { return server_.port(); }

  private:
    static server::HttpOptions options(const server::HttpLimits& limits) {
        server::HttpOptions options;
        options.limits = limits;
        return options;
    }

    server::HttpServer server_;
    std::thread thread_;
};

constexpr const char* kStrangersBody =
    "POST /api/v1/sessions HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
    "Content-Length: 65536\r\nExpect: 100-continue\r\n\r\n";

// Sends a byte now and again for so long; whether the connection is still open then.
bool trickles(HttpClient& client, std::chrono::milliseconds during) {
    const auto start = std::chrono::steady_clock::now();
    auto next = start;
    bool open = true;
    while (open && next < start + during) {
        if (std::chrono::steady_clock::now() < next) continue;
        open = client.send(" ");
        next += kSoon / 10;
    }
    return open;
}

bool has_blobs(store::BlobStore& blobs) {
    bool any = false;
    blobs.sweep([&](const store::BlobId&) { any = true; });
    return any;
}

}  // namespace

TEST_CASE("several requests use one connection") {
    Served served;
    HttpClient client(served.server.port());
    for (int i = 0; i < 3; ++i) {
        const auto reply = client.request("GET", "/api/v1/status");
        CHECK(reply.status == 200);
        CHECK(reply.headers.at("cache-control") == "no-store");
        CHECK_FALSE(reply.headers.contains("connection"));
    }
    client.send(
        "GET /api/v1/status HTTP/1.1\r\nHost: a\r\n\r\n"
        "GET /api/v1/status HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    CHECK(client.receive().status == 200);
    CHECK(client.receive().headers.at("connection") == "close");
    CHECK(client.closed());
}

TEST_CASE("what is no HTTP, or has a head that is too large, is answered and closed") {
    Served served;
    const auto answer = [&](const std::string& bytes) {
        HttpClient client(served.server.port());
        client.send(bytes);
        const int status = client.receive().status;
        return status;
    };
    CHECK(answer("hello\r\n\r\n") == 400);
    CHECK(answer("GET /api/v1/status HTTP/1.0\r\nHost: a\r\n\r\n") == 400);
    CHECK(answer("GET /api/v1/status HTTP/1.1\r\n\r\n") == 400);
    CHECK(answer("GET /api/v1/status HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n") == 400);
    CHECK(answer("GET /api/v1/status HTTP/1.1\r\nHost: a\r\nX: " + std::string(20'000, 'x') +
                 "\r\n\r\n") == 431);
    CHECK(answer("POST /api/v1/sessions HTTP/1.1\r\nHost: a\r\nContent-Length: "
                 "1\r\nContent-Length: 2\r\n"
                 "\r\n") == 400);
    CHECK(answer("GET /api/v1/status HTTP/1.1\r\nHost: a\r\nRange: bytes=0-1\r\nRange: "
                 "bytes=2-3\r\n\r\n") == 400);
    CHECK(answer("POST /api/v1/sessions HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                 "Content-Length: 100000000\r\n\r\n") == 413);
}

TEST_CASE("a request with any Transfer-Encoding is refused, and what follows is not read as one") {
    Served served;
    for (const char* encoding :
         {"chunked", "gzip", "xchunked", "chunked, identity", "gzip, chunked", "identity"}) {
        INFO(encoding);
        HttpClient client(served.server.port());
        client.send("POST /api/v1/challenges HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: " +
                    std::string(encoding) +
                    "\r\n\r\n0\r\n\r\nGET /api/v1/status HTTP/1.1\r\nHost: a\r\n\r\n");
        const auto reply = client.receive();
        CHECK((reply.status == 411 || reply.status == 400));
        CHECK(reply.headers.at("connection") == "close");
        CHECK(client.closed());
    }
}

TEST_CASE("a refused HEAD has no body, and the next reply on its connection is whole") {
    Served served;
    HttpClient client(served.server.port());
    const auto head = client.request("HEAD", "/api/v1/status");
    CHECK(head.status == 405);
    CHECK(head.headers.at("allow") == "GET");
    CHECK(client.request("GET", "/api/v1/status").status == 200);
}

TEST_CASE("a reply that is read too slowly, or for too long, is cut off") {
    Served served;
    Visitor visitor = served.visitor("N");
    const auto id = visitor.deposit(std::string(32'000'000, 'x'));
    const auto reads_whole = [&](const server::HttpLimits& limits) {
        const Front front(served, limits);
        HttpClient client(front.port(), 64 * 1024);
        return client.reads_whole("GET /api/v1" + visitor.document(id) +
                                      " HTTP/1.1\r\nHost: a\r\n" + visitor.session + "\r\n",
                                  5 * kSoon);
    };
    CHECK(reads_whole({}));
    server::HttpLimits slow;
    slow.stall = 3 * kSoon;
    slow.slowest = 1'000'000'000;
    CHECK_FALSE(reads_whole(slow));
    server::HttpLimits longest;
    longest.longest = 3 * kSoon;
    CHECK_FALSE(reads_whole(longest));
}

TEST_CASE("a connection that never says anything is cut off as a head that does not end") {
    server::HttpLimits limits;
    limits.head_within = kSoon;
    Served served(limits);
    HttpClient silent(served.server.port());
    CHECK(silent.closed());
}

TEST_CASE("a head that comes a byte at a time is cut off at its deadline") {
    server::HttpLimits limits;
    limits.head_within = kSoon;
    Served served(limits);
    HttpClient client(served.server.port());
    const auto start = std::chrono::steady_clock::now();
    std::string_view head = "GET /api/v1/status HTTP/1.1\r\n";
    bool open = client.send(head);
    while (open && std::chrono::steady_clock::now() < start + 20 * kSoon)
        open = client.send("X: x\r\n");
    CHECK_FALSE(open);
}

TEST_CASE("a kept connection that is idle, and a body that stalls, are cut off") {
    server::HttpLimits limits;
    limits.idle = kSoon;
    limits.stall = kSoon;
    Served served(limits);
    HttpClient idle(served.server.port());
    CHECK(idle.request("GET", "/api/v1/status").status == 200);
    CHECK(idle.closed());
    HttpClient stalled(served.server.port());
    stalled.send(
        "POST /api/v1/sessions HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
        "Content-Length: 10\r\n\r\n{");
    CHECK(stalled.closed());
}

TEST_CASE("a body that comes a byte at a time has little time without a session, more with one") {
    server::HttpLimits limits;
    limits.strangers_body = kSoon;
    Served served(limits);
    HttpClient stranger(served.server.port());
    stranger.send(kStrangersBody);
    CHECK(stranger.receive(true).status == 100);
    CHECK_FALSE(trickles(stranger, 20 * kSoon));

    Visitor visitor = served.visitor("N");
    visitor.client().send("PUT " + visitor.payload_path({}, "content") +
                          " HTTP/1.1\r\nHost: a\r\n" + visitor.session +
                          "Content-Type: application/octet-stream\r\nContent-Length: 1000\r\n\r\n");
    CHECK(trickles(visitor.client(), 3 * kSoon));
    visitor.client().send(std::string(1000 - 30, ' '));
    CHECK(visitor.client().receive().status == 204);
}

TEST_CASE("an upload that stalls leaves nothing") {
    server::HttpLimits limits;
    limits.stall = kSoon;
    Served served(limits);
    Visitor visitor = served.visitor("N");
    visitor.client().send(
        "PUT " + visitor.payload_path({}, "content") + " HTTP/1.1\r\nHost: a\r\n" +
        visitor.session +
        "Content-Type: application/octet-stream\r\nContent-Length: 200000\r\n\r\n" +
        std::string(100'000, 'x'));
    CHECK(visitor.client().closed());
    CHECK_FALSE(has_blobs(served.blobs));
}

TEST_CASE("beyond the limit a new connection takes the place of the one that is longest idle") {
    server::HttpLimits limits;
    limits.connections = 2;
    Served served(limits);
    HttpClient first(served.server.port());
    CHECK(first.request("GET", "/api/v1/status").status == 200);
    HttpClient second(served.server.port());
    CHECK(second.request("GET", "/api/v1/status").status == 200);
    HttpClient third(served.server.port());
    CHECK(third.request("GET", "/api/v1/status").status == 200);
    CHECK(first.closed());
    CHECK(second.request("GET", "/api/v1/status").status == 200);
}

TEST_CASE("with every place held by strangers' bodies, a newcomer gets that of the oldest") {
    server::HttpLimits limits;
    limits.connections = 2;
    Served served(limits);
    HttpClient first(served.server.port());
    HttpClient second(served.server.port());
    for (HttpClient* stranger : {&first, &second}) {
        stranger->send(kStrangersBody + std::string("{"));
        CHECK(stranger->receive(true).status == 100);
    }
    HttpClient third(served.server.port());
    CHECK(third.request("GET", "/api/v1/status").status == 200);
    CHECK(first.closed());
    second.send("}" + std::string(65534, ' '));
    CHECK(second.receive().status == 400);
}

TEST_CASE("beyond the limit requests under way are left alone, and room comes back") {
    server::HttpLimits limits;
    limits.connections = 1;
    Served served(limits);
    {
        Visitor visitor = served.visitor("N");
        HttpClient& first = visitor.client();
        first.send("PUT " + visitor.payload_path({}, "content") + " HTTP/1.1\r\nHost: a\r\n" +
                   visitor.session +
                   "Content-Type: application/octet-stream\r\nContent-Length: 4\r\n"
                   "Expect: 100-continue\r\n\r\n");
        CHECK(first.receive(true).status == 100);
        HttpClient second(served.server.port());
        CHECK(second.closed());
        first.send("abcd");
        CHECK(first.receive().status == 204);
    }
    bool served_again = false;
    while (!served_again) {
        HttpClient third(served.server.port());
        third.send("GET /api/v1/status HTTP/1.1\r\nHost: a\r\n\r\n");
        served_again = !third.closed();
    }
}

TEST_CASE("a document is served whole, in ranges that make it up, by its head, and not again") {
    Served served;
    Visitor visitor = served.visitor("N");
    std::string content(700'000, 'a');
    for (std::size_t i = 0; i < content.size(); ++i)
        content[i] = static_cast<char>(i * 31 + i / 1000);
    const auto id = visitor.deposit(content);
    const std::string whole = base::to_string(visitor.header) + content;
    const auto reply = visitor.get(visitor.document(id));
    CHECK(reply.status == 200);
    CHECK((reply.body == whole));
    std::string joined;
    while (joined.size() < whole.size()) {
        const std::string range = "Range: bytes=" + std::to_string(joined.size()) + "-" +
                                  std::to_string(joined.size() + 99'999) + "\r\n";
        const auto part = visitor.get(visitor.document(id), range);
        REQUIRE(part.status == 206);
        joined += part.body;
    }
    CHECK((joined == whole));
    const auto head =
        visitor.client().request("HEAD", "/api/v1" + visitor.document(id), visitor.session);
    CHECK(head.status == 200);
    CHECK(head.headers.at("content-length") == std::to_string(whole.size()));
    const std::string tag = reply.headers.at("etag");
    CHECK(visitor.get(visitor.document(id), "If-None-Match: " + tag + "\r\n").status == 304);
    CHECK(visitor.get(visitor.document(id), "Range: bytes=9999999-\r\n").status == 416);
}

TEST_CASE("a dossier's view comes as lines, with its end") {
    Served served;
    Visitor visitor = served.visitor("N");
    for (int i = 0; i < 3; ++i)
        visitor.deposit("document " + std::to_string(i));
    const auto reply =
        visitor.get("/dossiers/" + statement::to_text(*visitor.dossier) + "?as=owner");
    CHECK(reply.headers.at("content-type") == "application/jsonl");
    std::vector<std::size_t> kinds;
    std::string_view rest = reply.body;
    while (!rest.empty()) {
        const auto line = rest.substr(0, rest.find('\n'));
        kinds.push_back(api::parse_record(base::as_bytes(line)).index());
        rest.remove_prefix(line.size() + 1);
    }
    CHECK(kinds == std::vector<std::size_t>{0, 2, 2, 2, 2, 3, 3, 3, 4});
}

TEST_CASE("an upload that is refused is answered while it is still being sent") {
    Served served;
    Visitor visitor = served.visitor("N");
    HttpClient client(served.server.port());
    const std::string body(400'000, 'x');
    const auto reply = client.request("PUT", visitor.payload_path({}, "content"),
                                      "Content-Type: application/octet-stream\r\n", body);
    CHECK(reply.status == 401);
    CHECK(reply.headers.at("connection") == "close");
}

TEST_CASE("stopping lets a request under way end, and closes idle connections") {
    auto served = std::make_unique<Served>();
    Visitor visitor = served->visitor("N");
    HttpClient idle(served->server.port());
    CHECK(idle.request("GET", "/api/v1/status").status == 200);
    visitor.client().send("PUT " + visitor.payload_path({}, "content") +
                          " HTTP/1.1\r\nHost: a\r\n" + visitor.session +
                          "Content-Type: application/octet-stream\r\nContent-Length: 4\r\n"
                          "Expect: 100-continue\r\n\r\n");
    CHECK(visitor.client().receive(true).status == 100);
    served->server.stop();
    CHECK(idle.closed());
    visitor.client().send("abcd");
    const auto reply = visitor.client().receive();
    CHECK(reply.status == 204);
    CHECK(reply.headers.at("connection") == "close");
}

TEST_CASE("a request that does not end is cut off when stopping has waited long enough") {
    server::HttpLimits limits;
    limits.drain = kSoon;
    auto served = std::make_unique<Served>(limits);
    HttpClient client(served->server.port());
    client.send(
        "POST /api/v1/sessions HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
        "Content-Length: 10\r\nExpect: 100-continue\r\n\r\n");
    CHECK(client.receive(true).status == 100);
    served.reset();
    CHECK(client.closed());
}

TEST_CASE("TLS with a certificate that cannot be read is refused") {
    const test::TemporaryFolder folder;
    store::MemoryBlobStore blobs;
    store::MemoryStore store(blobs);
    server::VaultService service(store, blobs, {}, base::system_clock());
    server::Log log(-1);
    server::HttpOptions options;
    options.tls = server::TlsFiles{folder / "cert", folder / "key"};
    CHECK(test::refuses(ErrorKind::storage, [&] {
        return std::make_unique<server::HttpServer>(service, log, options);
    }));
}
