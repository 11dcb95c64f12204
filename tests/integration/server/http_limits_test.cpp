// The HTTP server in this process, with limits that a test can wait for.
#include "served.hpp"

#include <doctest/doctest.h>

using namespace kluis;
using test::HttpClient;
using test::Served;
using test::Visitor;

namespace {

constexpr std::chrono::milliseconds kSoon{300};
constexpr int kNarrow = 536;  // bytes, of buffers and segments of one who does not read

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

// Of somebody who shows a session that there is not.
constexpr const char* kStrangersRequest =
    "GET /api/v1/account HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer "
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n\r\n";

// Whether a newcomer is served, if need be on asking again for a while.
bool is_served(std::uint16_t port) {
    const auto end = std::chrono::steady_clock::now() + 20 * kSoon;
    while (std::chrono::steady_clock::now() < end) {
        HttpClient client(port);
        client.send("GET /api/v1/status HTTP/1.1\r\nHost: a\r\n\r\n");
        if (!client.closed()) return true;
    }
    return false;
}

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

// The head of an upload of so many bytes.
std::string upload_head(const Visitor& visitor, std::uint64_t length) {
    return "PUT " + visitor.payload_path({}, "content") + " HTTP/1.1\r\nHost: a\r\n" +
           visitor.session +
           "Content-Type: application/octet-stream\r\nContent-Length: " + std::to_string(length) +
           "\r\n\r\n";
}

}  // namespace

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
    limits.strangers = kSoon;
    Served served(limits);
    HttpClient stranger(served.server.port());
    stranger.send(kStrangersBody);
    CHECK(stranger.receive(true).status == 100);
    CHECK_FALSE(trickles(stranger, 20 * kSoon));

    Visitor visitor = served.visitor("N");
    visitor.client().send(upload_head(visitor, 1000));
    CHECK(trickles(visitor.client(), 3 * kSoon));
    visitor.client().send(std::string(1000 - 30, ' '));
    CHECK(visitor.client().receive().status == 204);
}

TEST_CASE(
    "a body that keeps coming is not cut off as one that stalls, however slow its parts are") {
    server::HttpLimits limits;
    limits.stall = 4 * kSoon;
    limits.slowest = 1;
    Served served(limits);
    Visitor visitor = served.visitor("N");
    visitor.client().send(upload_head(visitor, 1000));
    CHECK(trickles(visitor.client(), 7 * kSoon));
    visitor.client().send(std::string(1000 - 70, ' '));
    CHECK(visitor.client().receive().status == 204);
}

TEST_CASE("a body that comes too slowly is cut off, however long it is to be") {
    server::HttpLimits limits;
    limits.stall = kSoon;
    limits.slowest = 100'000;
    Served served(limits);
    Visitor visitor = served.visitor("N");
    visitor.client().send(upload_head(visitor, 10'000'000));
    CHECK_FALSE(trickles(visitor.client(), 20 * kSoon));
}

TEST_CASE("a gathered body has less time while memory for those is short") {
    const auto may_be_slow = [](std::uint64_t memory) {
        server::HttpLimits limits;
        limits.stall = 2 * kSoon;
        limits.slowest = 1;
        server::VaultRules rules;
        rules.gathered_in_all = memory;
        Served served(limits, std::move(rules));
        Visitor visitor = served.visitor("N");
        visitor.client().send("PUT /api/v1/account/keyring HTTP/1.1\r\nHost: a\r\n" +
                              visitor.session +
                              "Content-Type: application/octet-stream\r\n"
                              "Content-Length: 100000\r\n\r\n");
        return trickles(visitor.client(), 6 * kSoon);
    };
    CHECK(may_be_slow(200'000));
    CHECK_FALSE(may_be_slow(199'999));
}

TEST_CASE("an upload that stalls leaves nothing") {
    server::HttpLimits limits;
    limits.stall = kSoon;
    Served served(limits);
    Visitor visitor = served.visitor("N");
    visitor.client().send(upload_head(visitor, 200'000) + std::string(100'000, 'x'));
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

TEST_CASE("a stranger who reads no replies is cut off") {
    server::HttpLimits limits;
    limits.strangers = kSoon;
    Served served(limits);
    HttpClient client(served.server.port(), kNarrow, kNarrow);
    CHECK_FALSE(client.fill(kStrangersRequest, 20 * kSoon));
}

TEST_CASE("with every place held by strangers who read no replies, a newcomer gets one") {
    server::HttpLimits limits;
    limits.connections = 2;
    limits.strangers = std::chrono::hours(1);
    limits.stall = std::chrono::hours(1);
    Served served(limits);
    HttpClient first(served.server.port(), kNarrow, kNarrow);
    HttpClient second(served.server.port(), kNarrow, kNarrow);
    CHECK(first.fill(kStrangersRequest, kSoon));
    CHECK(second.fill(kStrangersRequest, kSoon));
    CHECK(is_served(served.server.port()));
    CHECK(first.fill(kStrangersRequest, kSoon) != second.fill(kStrangersRequest, kSoon));
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
