#include <client/asio_transport.hpp>

namespace kluis::client {

std::unique_ptr<Transport> connect_tcp(const Peer& peer, int seconds) {
    auto transport = std::make_unique<AsioTransport<boost::beast::tcp_stream>>(seconds);
    connect(transport->io(), transport->stream(), peer, seconds);
    return transport;
}

}  // namespace kluis::client
