#include <boost/asio/buffer.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <server/transport.hpp>

namespace kluis::server {

namespace {

namespace asio = boost::asio;

class TcpTransport final : public Transport {
  public:
    explicit TcpTransport(boost::beast::tcp_stream stream) : stream_(std::move(stream)) {}

    void deadline(std::chrono::steady_clock::duration after) override {
        stream_.expires_after(after);
    }

    asio::awaitable<void> handshake() override { co_return; }

    asio::awaitable<std::size_t> read(base::MutableBytes out) override {
        boost::system::error_code error;
        const std::size_t count = co_await stream_.async_read_some(
            asio::buffer(out.data(), out.size()), asio::redirect_error(asio::use_awaitable, error));
        if (error == asio::error::eof) co_return 0;
        if (error) throw boost::system::system_error(error);
        co_return count;
    }

    asio::awaitable<void> write(base::ByteView bytes) override {
        co_await asio::async_write(stream_, asio::buffer(bytes.data(), bytes.size()),
                                   asio::use_awaitable);
    }

    asio::awaitable<void> end() override {
        boost::system::error_code ignored;
        stream_.socket().shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
        co_return;
    }

    void close() noexcept override { stream_.close(); }

  private:
    boost::beast::tcp_stream stream_;
};

}  // namespace

std::unique_ptr<Transport> tcp_transport(boost::beast::tcp_stream stream) {
    return std::make_unique<TcpTransport>(std::move(stream));
}

}  // namespace kluis::server
