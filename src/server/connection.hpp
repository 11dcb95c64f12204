// One connection: request after request, until either side has enough.
//
// Thread-safety: `serve` runs on the connection's strand; all closing is called there too,
// `waits_since` from any thread.
#pragma once

#include <boost/asio/thread_pool.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <server/http_server.hpp>
#include <server/transport.hpp>

#include <atomic>
#include <limits>

namespace kluis::server {

// What all connections share.
struct ConnectionContext {
    VaultService& service;
    Log& log;
    const HttpLimits& limits;
    boost::asio::thread_pool& workers;
    const std::atomic<bool>& stopping;
};

// Since when a connection waits for a request, or for a stranger: for whoever shows no session to
// send a body, or to read a reply. Then it may have to make room for a new connection.
//
// Thread-safety: set on the connection's strand, read from any thread.
class Waiting {
  public:
    using Clock = std::chrono::steady_clock;

    void begin() noexcept { since_ = Clock::now().time_since_epoch().count(); }
    void end() noexcept { since_ = kNot; }
    // Nothing while it does not wait.
    std::optional<Clock::time_point> since() const noexcept {
        const Clock::rep since = since_;
        if (since == kNot) return std::nullopt;
        return Clock::time_point(Clock::duration(since));
    }

  private:
    static constexpr Clock::rep kNot = std::numeric_limits<Clock::rep>::max();
    std::atomic<Clock::rep> since_ = Clock::now().time_since_epoch().count();
};

class Connection {
  public:
    using Clock = Waiting::Clock;

    Connection(ConnectionContext context, std::unique_ptr<Transport> transport);

    // Serves to the end of the connection. Throws nothing that is not a defect.
    boost::asio::awaitable<void> serve();

    // Since when it has waited; nothing while it works.
    std::optional<Clock::time_point> waits_since() const noexcept { return waiting_.since(); }
    void close_if_waiting() noexcept;
    // Closes it unless a request has begun.
    void close_if_idle() noexcept;
    void close() noexcept { transport_->close(); }

  private:
    boost::asio::awaitable<bool> serve_one(bool first);
    boost::asio::awaitable<void> linger();

    ConnectionContext context_;
    std::unique_ptr<Transport> transport_;
    boost::beast::flat_buffer buffer_;
    Waiting waiting_;
    bool in_request_ = false;
};

}  // namespace kluis::server
