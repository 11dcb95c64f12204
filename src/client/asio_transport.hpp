// What TCP and TLS transports share: running one asynchronous operation at a time to its end, with
// a deadline.
#pragma once

#include <boost/asio/buffer.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <client/transport.hpp>

#include <chrono>

namespace kluis::client {

// Runs what `start(handler)` starts until its handler is called, and returns the error it was
// called with. `tcp` is the stream whose deadline counts.
template <class Start>
boost::system::error_code run_one(boost::asio::io_context& io, boost::beast::tcp_stream& tcp,
                                  int seconds, Start start) {
    boost::system::error_code result;
    tcp.expires_after(std::chrono::seconds(seconds));
    start([&result](boost::system::error_code error, auto&&...) { result = error; });
    io.restart();
    io.run();
    tcp.expires_never();
    return result;
}

[[noreturn]] inline void throw_unavailable(const char* what,
                                           const boost::system::error_code& error) {
    throw base::Error(base::ErrorKind::unavailable, std::string(what) + ": " + error.message(),
                      "nothing is lost; try again when the network is back");
}

// Resolves and connects. Throws Error(unavailable).
inline void connect(boost::asio::io_context& io, boost::beast::tcp_stream& tcp, const Peer& peer,
                    int seconds) {
    boost::asio::ip::tcp::resolver resolver(io);
    boost::system::error_code error;
    const auto found = resolver.resolve(peer.host, peer.port, error);
    if (!error) {
        error = run_one(io, tcp, seconds,
                        [&](auto handler) { tcp.async_connect(found, std::move(handler)); });
    }
    if (error) {
        throw_unavailable("the server cannot be reached", error);
    }
    tcp.socket().set_option(boost::asio::ip::tcp::no_delay(true));
}

// A transport over Stream, whose lowest layer is a beast::tcp_stream.
template <class Stream>
class AsioTransport : public Transport {
  public:
    template <class... Args>
    explicit AsioTransport(int seconds, Args&&... args)
        : seconds_(seconds), stream_(io_, std::forward<Args>(args)...) {}

    boost::asio::io_context& io() { return io_; }
    Stream& stream() { return stream_; }
    boost::beast::tcp_stream& tcp() { return boost::beast::get_lowest_layer(stream_); }

    void write(base::ByteView bytes) override {
        const auto error = run_one(io_, tcp(), seconds_, [&](auto handler) {
            boost::asio::async_write(stream_, boost::asio::buffer(bytes.data(), bytes.size()),
                                     std::move(handler));
        });
        if (error) {
            throw_unavailable("the connection to the server broke while sending", error);
        }
    }

    std::size_t read(base::MutableBytes out) override {
        std::size_t count = 0;
        const auto error = run_one(io_, tcp(), seconds_, [&](auto handler) {
            stream_.async_read_some(
                boost::asio::buffer(out.data(), out.size()),
                [&count, handler](boost::system::error_code result, std::size_t n) mutable {
                    count = n;
                    handler(result);
                });
        });
        if (error == boost::asio::error::eof) {
            return 0;
        }
        if (error) {
            throw_unavailable("the connection to the server broke while receiving", error);
        }
        return count;
    }

    bool stirred() override {
        auto& socket = tcp().socket();
        boost::system::error_code error;
        socket.non_blocking(true, error);
        std::uint8_t byte;
        socket.receive(boost::asio::buffer(&byte, 1), boost::asio::socket_base::message_peek,
                       error);
        return error != boost::asio::error::would_block;
    }

  private:
    int seconds_;
    boost::asio::io_context io_{1};
    Stream stream_;
};

}  // namespace kluis::client
