// One connection: request after request, until either side has enough.
//
// Thread-safety: `serve` runs on the connection's strand; `close_if_idle` and `close` are called
// there too.
#pragma once

#include <boost/asio/thread_pool.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <server/http_server.hpp>
#include <server/transport.hpp>

#include <atomic>

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
    Connection(ConnectionContext context, std::unique_ptr<Transport> transport);

    // Serves to the end of the connection. Throws nothing that is not a defect.
    boost::asio::awaitable<void> serve();

    void close_if_idle() noexcept;
    void close() noexcept { transport_->close(); }

  private:
    boost::asio::awaitable<bool> serve_one();
    boost::asio::awaitable<void> linger();

    ConnectionContext context_;
    std::unique_ptr<Transport> transport_;
    boost::beast::flat_buffer buffer_;
    bool busy_ = false;
};

}  // namespace kluis::server
