// A stream of bytes to a server, over TCP or TLS.
//
// Thread-safety: one thread at a time.
#pragma once

#include <kluis/base/bytes.hpp>

#include <memory>
#include <string>

namespace kluis::client {

// Where to connect. `host` is a name or an address (an IPv6 one without brackets).
struct Peer {
    std::string host;
    std::string port;
};

class Transport {
  public:
    virtual ~Transport() = default;

    // Each waits at most `seconds` without progress, then throws Error(unavailable).
    virtual void write(base::ByteView bytes) = 0;
    // At least 1 byte; 0 if the other side closed the stream.
    virtual std::size_t read(base::MutableBytes out) = 0;
    // Whether something (data, or the end) has arrived that was not read: on an idle connection a
    // sign that it is of no use any more.
    virtual bool stirred() = 0;
};

// Throw Error(unavailable) if nothing answers in time.
std::unique_ptr<Transport> connect_tcp(const Peer& peer, int seconds);
// TLS 1.3, checked against the system's certificates and the host's name (tls.cpp):
// Error(untrusted, "server-certificate") if the certificate is not one of theirs, or not for that
// name.
std::unique_ptr<Transport> connect_tls(const Peer& peer, int seconds);

}  // namespace kluis::client
