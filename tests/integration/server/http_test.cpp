// What the HTTP server answers, in this process.
#include "served.hpp"
#include "support/refusal.hpp"
#include "support/temporary_folder.hpp"

#include <doctest/doctest.h>

using namespace kluis;
using base::ErrorKind;
using test::HttpClient;
using test::Served;
using test::Visitor;

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
