// The only file of the server that names OpenSSL.
#include <kluis/base/error.hpp>

#include <boost/asio/buffer.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <openssl/ssl.h>
#include <server/transport.hpp>

namespace kluis::server {

namespace {

namespace asio = boost::asio;

class TlsTransport final : public Transport {
  public:
    TlsTransport(boost::beast::tcp_stream stream, asio::ssl::context& context)
        : stream_(std::move(stream), context) {}

    void deadline(std::chrono::steady_clock::duration after) override {
        stream_.next_layer().expires_after(after);
    }

    asio::awaitable<void> handshake() override {
        co_await stream_.async_handshake(asio::ssl::stream_base::server, asio::use_awaitable);
    }

    asio::awaitable<std::size_t> read(base::MutableBytes out) override {
        boost::system::error_code error;
        const std::size_t count = co_await stream_.async_read_some(
            asio::buffer(out.data(), out.size()), asio::redirect_error(asio::use_awaitable, error));
        if (error == asio::error::eof || error == asio::ssl::error::stream_truncated) co_return 0;
        if (error) throw boost::system::system_error(error);
        co_return count;
    }

    asio::awaitable<void> write(base::ByteView bytes) override {
        co_await asio::async_write(stream_, asio::buffer(bytes.data(), bytes.size()),
                                   asio::use_awaitable);
    }

    // Waits for the other side to say the same, until the deadline.
    asio::awaitable<void> end() override {
        boost::system::error_code ignored;
        co_await stream_.async_shutdown(asio::redirect_error(asio::use_awaitable, ignored));
    }

    void close() noexcept override { stream_.next_layer().close(); }

  private:
    asio::ssl::stream<boost::beast::tcp_stream> stream_;
};

}  // namespace

struct Tls::Context {
    asio::ssl::context ssl{asio::ssl::context::tls_server};
};

Tls::Tls(const std::filesystem::path& certificate, const std::filesystem::path& key)
    : context_(std::make_unique<Context>()) {
    asio::ssl::context& ssl = context_->ssl;
    boost::system::error_code error;
    ssl.use_certificate_chain_file(certificate.native(), error);
    if (!error) ssl.use_private_key_file(key.native(), asio::ssl::context::pem, error);
    const bool belong = !error && ::SSL_CTX_check_private_key(ssl.native_handle()) == 1;
    if (!belong) {
        throw base::Error(base::ErrorKind::storage,
                          "the TLS certificate and key cannot be read, or do not belong together");
    }
    if (::SSL_CTX_set_min_proto_version(ssl.native_handle(), TLS1_3_VERSION) != 1) {
        throw base::Error(base::ErrorKind::internal, "TLS 1.3 is not to be had");
    }
}

Tls::~Tls() = default;

std::unique_ptr<Transport> Tls::transport(boost::beast::tcp_stream stream) {
    return std::make_unique<TlsTransport>(std::move(stream), context_->ssl);
}

}  // namespace kluis::server
