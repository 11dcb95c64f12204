// A connection's bytes, over TCP or TLS, so that HTTP is compiled once.
//
// Thread-safety: used on its own strand.
#pragma once

#include <kluis/base/bytes.hpp>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/tcp_stream.hpp>

#include <chrono>
#include <filesystem>
#include <memory>

namespace kluis::server {

class Transport {
  public:
    virtual ~Transport() = default;

    // All operations from now on until the next call end by then, with error::timeout.
    virtual void deadline(std::chrono::steady_clock::duration after) = 0;

    virtual boost::asio::awaitable<void> handshake() = 0;
    // At least 1 byte; 0 at the end. Throws boost::system::system_error.
    virtual boost::asio::awaitable<std::size_t> read(base::MutableBytes out) = 0;
    virtual boost::asio::awaitable<void> write(base::ByteView bytes) = 0;
    // Says that nothing more is sent; the other side's bytes may still be read.
    virtual boost::asio::awaitable<void> end() = 0;
    // Ends all operations at once.
    virtual void close() noexcept = 0;
};

std::unique_ptr<Transport> tcp_transport(boost::beast::tcp_stream stream);

// What TLS needs, kept for all connections (tls.cpp, the only file that names OpenSSL).
class Tls {
  public:
    // TLS 1.3 alone, with this certificate chain and key in PEM. Throws Error(storage) if they
    // cannot be read or do not belong together.
    Tls(const std::filesystem::path& certificate, const std::filesystem::path& key);
    ~Tls();
    std::unique_ptr<Transport> transport(boost::beast::tcp_stream stream);

  private:
    struct Context;
    std::unique_ptr<Context> context_;
};

}  // namespace kluis::server
