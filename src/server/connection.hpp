// One connection: request after request, until either side has enough.
//
// Thread-safety: `serve` runs on the connection's strand; `close_if_idle` and `close` are called
// there too, `idle_since` from any thread.
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

class Connection {
  public:
    using Clock = std::chrono::steady_clock;

    Connection(ConnectionContext context, std::unique_ptr<Transport> transport);

    // Serves to the end of the connection. Throws nothing that is not a defect.
    boost::asio::awaitable<void> serve();

    // Since when it has waited for a request; nothing while there is one.
    std::optional<Clock::time_point> idle_since() const noexcept;
    void close_if_idle() noexcept;
    void close() noexcept { transport_->close(); }

  private:
    void set_idle() noexcept { idle_since_ = Clock::now().time_since_epoch().count(); }
    boost::asio::awaitable<bool> serve_one(bool first);
    boost::asio::awaitable<void> linger();

    ConnectionContext context_;
    std::unique_ptr<Transport> transport_;
    boost::beast::flat_buffer buffer_;
    static constexpr Clock::rep kBusy = std::numeric_limits<Clock::rep>::max();
    std::atomic<Clock::rep> idle_since_ = Clock::now().time_since_epoch().count();
};

}  // namespace kluis::server
