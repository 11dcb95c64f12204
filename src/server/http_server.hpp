// The HTTP server: a coroutine for each connection on its own strand, blocking calls on worker
// threads, deadlines before every read.
//
// Thread-safety: `stop` from any thread and from none of the others.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

namespace kluis::server {

class Log;
class VaultService;

struct TlsFiles {
    std::filesystem::path certificate;
    std::filesystem::path key;
};

struct HttpLimits {
    using Duration = std::chrono::milliseconds;
    std::size_t head = 16 * 1024;
    // When there are so many, the one that has waited longest for a request, or for a stranger
    // (Waiting), makes room for a new one.
    std::size_t connections = 1024;
    Duration idle{75'000};         // until a kept connection's next request begins
    Duration head_within{15'000};  // for a head from its beginning; for the first, from connecting
    Duration stall{60'000};        // without progress in a body
    std::uint64_t slowest = 1024;  // bytes of a body in a second, on average from its beginning
    // The same of a body that is gathered, while memory for those is short.
    std::uint64_t slowest_when_short = 32 * 1024;
    Duration strangers{15'000};  // for the whole body of a stranger's request; for its whole reply
    // For sending a reply: who needs longer goes on with a range, for which the right to read is
    // asked for again.
    Duration longest{12 * 3'600'000};
    Duration drain{10'000};  // for requests under way when stopping
    unsigned workers = 16;
};

struct HttpOptions {
    std::string address = "127.0.0.1";
    std::uint16_t port = 0;       // 0: a free one
    std::optional<TlsFiles> tls;  // needed unless the address is a loopback one
    bool signals = false;         // SIGTERM and SIGINT stop it
    HttpLimits limits;
};

class HttpServer {
  public:
    // Binds and listens. Throws Error(usage) if the address is none or needs TLS and has none,
    // Error(unavailable) if it cannot be had. `service` and `log` must outlive this.
    HttpServer(VaultService& service, Log& log, HttpOptions options);
    ~HttpServer();
    HttpServer(const HttpServer&) = delete;
    HttpServer& operator=(const HttpServer&) = delete;

    std::uint16_t port() const;

    // Serves until `stop` is called or a signal comes; then lets requests under way end, for
    // `drain` at most.
    void run();
    void stop();

  private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

// Whether `address` stands for all of a machine's; throws Error(usage) if it is no IP address.
bool is_unspecified(const std::string& address);

}  // namespace kluis::server
