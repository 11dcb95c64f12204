// The client's one file that names OpenSSL: TLS 1.3 to a server, by the system's certificates.
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>
#include <client/asio_transport.hpp>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509_vfy.h>

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

bool is_refused_certificate(const boost::system::error_code& error) {
    return error.category() == boost::asio::error::get_ssl_category() &&
           ERR_GET_REASON(static_cast<unsigned long>(error.value())) ==
               SSL_R_CERTIFICATE_VERIFY_FAILED;
}

// A network that is down mends itself; a server that cannot show who it is must not be tried again.
[[noreturn]] void throw_untrusted(SSL* connection) {
    const auto result = SSL_get_verify_result(connection);
    // What fails in the comparison of names alone has no reason of its own.
    const bool other_name = result == X509_V_OK || result == X509_V_ERR_UNSPECIFIED ||
                            result == X509_V_ERR_HOSTNAME_MISMATCH;
    throw base::Error(
        base::ErrorKind::untrusted,
        other_name ? std::string("the server's certificate is not for the name in its address")
                   : std::string("the server's certificate could not be checked: ") +
                         X509_verify_cert_error_string(result),
        "do not go on: somebody may have put another server in its place; ask who keeps the server")
        .with_code("server-certificate");
}

}  // namespace

// Throws Error(untrusted) with the code "server-certificate" if the server's certificate is not one
// of the system's trust for its name.
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
    if (is_refused_certificate(error)) {
        throw_untrusted(stream.native_handle());
    }
    if (error) {
        throw_unavailable("no safe connection to the server could be made", error);
    }
    return transport;
}

}  // namespace kluis::client
