// A server in between: passes whole HTTP requests on to a true one, and lets a test alter each
// reply before the client reads it.
//
// Thread-safety: the record is locked; `alter` is set while no request is under way.
#pragma once

#include <integration/server/http_client.hpp>

#include <functional>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

namespace kluis::test {

struct WireRequest {
    std::string line;  // method and target, "GET /api/v1/status"
    std::string body;
};

class WireProxy {
  public:
    // In front of the server on this port of 127.0.0.1.
    explicit WireProxy(std::uint16_t server);
    ~WireProxy();
    WireProxy(const WireProxy&) = delete;
    WireProxy& operator=(const WireProxy&) = delete;

    std::string origin() const { return "http://127.0.0.1:" + std::to_string(port_); }

    // What was asked since the last `forget`, in order.
    std::vector<WireRequest> requests() const;
    std::vector<std::string> lines() const;
    void forget();

    // Called with each reply; Content-Length is set afterwards.
    std::function<void(const WireRequest&, HttpReply&)> alter;
    // Called with each answer as it is to be sent, head and body; after one that was changed the
    // connection is closed.
    std::function<void(const WireRequest&, std::string&)> alter_bytes;

  private:
    void accept_all();
    void serve(int connection);
    bool serve_one(int connection, std::string& rest, HttpClient& server);

    std::uint16_t server_;
    int listening_ = -1;
    std::uint16_t port_ = 0;
    mutable std::mutex mutex_;
    std::vector<WireRequest> requests_;
    std::set<int> connections_;
    std::vector<std::thread> threads_;
    std::thread accepting_;
};

}  // namespace kluis::test
