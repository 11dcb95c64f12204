// The client's one file that names OpenSSL: TLS 1.3 to a server, by the system's certificates.
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>
#include <client/asio_transport.hpp>
#include <openssl/ssl.h>

namespace kluis::client {

namespace {

namespace ssl = boost::asio::ssl;

ssl::context& system_trust() {
    static ssl::context context = [] {
        ssl::context made(ssl::context::tls_client);
        made.set_default_verify_paths();
        made.set_verify_mode(ssl::verify_peer);
        SSL_CTX_set_min_proto_version(made.native_handle(), TLS1_3_VERSION);
        return made;
    }();
    return context;
}

}  // namespace

std::unique_ptr<Transport> connect_tls(const Peer& peer, int seconds) {
    using Stream = boost::beast::ssl_stream<boost::beast::tcp_stream>;
    auto transport = std::make_unique<AsioTransport<Stream>>(seconds, system_trust());
    auto& stream = transport->stream();
    stream.set_verify_callback(ssl::host_name_verification(peer.host));
    if (SSL_set_tlsext_host_name(stream.native_handle(), peer.host.c_str()) != 1) {
        throw base::Error(base::ErrorKind::usage, "the server's name cannot be used with TLS");
    }
    connect(transport->io(), transport->tcp(), peer, seconds);
    const auto error = run_one(transport->io(), transport->tcp(), seconds, [&](auto handler) {
        stream.async_handshake(ssl::stream_base::client, std::move(handler));
    });
    if (error) {
        throw_unavailable("no safe connection to the server could be made", error);
    }
    return transport;
}

}  // namespace kluis::client
