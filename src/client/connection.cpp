#include <kluis/base/text.hpp>
#include <kluis/statement/login.hpp>

#include <boost/asio/ip/address.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/buffer_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <client/connection.hpp>
#include <client/transport.hpp>

namespace kluis::client {

namespace {

namespace http = boost::beast::http;
using base::Error;
using base::ErrorKind;

constexpr std::size_t kReceive = 64 * 1024;
constexpr std::uint32_t kHeadLimit = 16 * 1024;

struct Address {
    bool tls = false;
    Peer peer;
    std::string host_header;
};

bool is_loopback(const std::string& host) {
    if (host == "localhost") {
        return true;
    }
    boost::system::error_code error;
    const auto address = boost::asio::ip::make_address(host, error);
    return !error && address.is_loopback();
}

Address parse_address(const std::string& origin) {
    if (!statement::is_origin(origin)) {
        throw Error(ErrorKind::usage,
                    "the server's address is not of the form https://name[:port]");
    }
    Address address;
    address.tls = origin.starts_with("https://");
    address.host_header = origin.substr(origin.find("//") + 2);
    std::string rest = address.host_header;
    address.peer.port = address.tls ? "443" : "80";
    const auto colon = rest.rfind(':');
    if (colon != rest.npos && rest.find(']', colon) == rest.npos) {
        address.peer.port = rest.substr(colon + 1);
        rest.resize(colon);
    }
    if (rest.starts_with('[')) {
        rest = rest.substr(1, rest.size() - 2);
    }
    address.peer.host = rest;
    if (!address.tls && !is_loopback(rest)) {
        throw Error(ErrorKind::usage, "the server's address is not encrypted",
                    "use https://; plain http:// is for this computer alone");
    }
    return address;
}

}  // namespace

class Connection::Impl {
  public:
    explicit Impl(const std::string& origin) : address_(parse_address(origin)) {}

    void begin(const HttpRequest& request) {
        if (transport_ && (!reusable_ || transport_->stirred())) {
            transport_.reset();
        }
        if (!transport_) {
            transport_ = address_.tls ? connect_tls(address_.peer, kStall)
                                      : connect_tcp(address_.peer, kStall);
            buffer_.clear();
        }
        reusable_ = false;
        body_left_ = request.body_size;
        std::string head = std::string(request.method) + " " + request.target +
                           " HTTP/1.1\r\nHost: " + address_.host_header + "\r\n";
        for (const auto& [name, value] : request.headers) {
            head += name + ": " + value + "\r\n";
        }
        if (request.body_size > 0 || request.method != "GET") {
            head += "Content-Length: " + std::to_string(request.body_size) + "\r\n";
        }
        pending_ = head + "\r\n";
    }

    // The head goes out together with the first part of the body, in one packet if they are small.
    bool send(base::ByteView bytes) {
        if (bytes.size() > body_left_) {
            throw Error(ErrorKind::internal, "a request's body is longer than it said");
        }
        body_left_ -= bytes.size();
        try {
            if (!pending_.empty() && bytes.size() <= kReceive) {
                pending_.append(base::as_text(bytes));
                bytes = {};
            }
            flush();
            if (!bytes.empty()) {
                transport_->write(bytes);
            }
            return true;
        } catch (const Error&) {
            if (!has_answered()) {
                throw;
            }
            body_left_ = 0;
            return false;
        }
    }

    HttpReply finish() {
        if (body_left_ != 0) {
            throw Error(ErrorKind::internal, "a request's body is shorter than it said");
        }
        flush();
        parser_.emplace();
        parser_->header_limit(kHeadLimit);
        parser_->body_limit(boost::none);
        parser_->eager(false);
        while (!parser_->is_header_done()) {
            feed();
        }
        const auto& message = parser_->get();
        HttpReply reply;
        reply.status = static_cast<int>(message.result_int());
        for (const auto& field : message) {
            reply.headers[base::lower_ascii(field.name_string())] = std::string(field.value());
        }
        if (const auto length = parser_->content_length()) {
            reply.content_length = *length;
        }
        return reply;
    }

    std::size_t read_body(base::MutableBytes out) {
        auto& body = parser_->get().body();
        body.data = out.data();
        body.size = out.size();
        while (!parser_->is_done() && body.size == out.size()) {
            feed();
        }
        const std::size_t count = out.size() - body.size;
        if (parser_->is_done() && parser_->get().keep_alive()) {
            reusable_ = true;
        }
        return count;
    }

    void abandon() noexcept { transport_.reset(); }

  private:
    void flush() {
        if (!pending_.empty()) {
            transport_->write(base::as_bytes(pending_));
            pending_.clear();
        }
    }

    // Whether something has arrived on a connection that broke while sending: a server that refuses
    // a request answers before it has read all of it, and closes.
    bool has_answered() noexcept {
        pending_.clear();
        try {
            return receive() > 0;
        } catch (const Error&) {
            return false;
        }
    }

    std::size_t receive() {
        const auto space = buffer_.prepare(kReceive);
        const auto count =
            transport_->read({static_cast<std::uint8_t*>(space.data()), space.size()});
        buffer_.commit(count);
        return count;
    }

    // Gives the parser what has arrived, waiting for more where it needs more.
    void feed() {
        boost::system::error_code error;
        if (buffer_.size() > 0) {
            const auto used = parser_->put(buffer_.data(), error);
            buffer_.consume(used);
            if (!error || error == http::error::need_buffer) {
                if (used > 0 || parser_->is_done() || error == http::error::need_buffer) {
                    return;
                }
            } else if (error != http::error::need_more) {
                throw Error(ErrorKind::unavailable, "the server's reply is no valid HTTP");
            } else if (used > 0 && parser_->is_header_done()) {
                return;
            }
        }
        if (receive() == 0) {
            error = {};
            // A parser that was given nothing must not be told of an end.
            if (parser_->got_some()) {
                parser_->put_eof(error);
            }
            if (error || !parser_->is_done()) {
                throw Error(ErrorKind::unavailable, "the server's reply was cut short",
                            "nothing is lost; try again");
            }
        }
    }

    Address address_;
    std::unique_ptr<Transport> transport_;
    bool reusable_ = false;
    std::string pending_;
    std::uint64_t body_left_ = 0;
    boost::beast::flat_buffer buffer_;
    std::optional<http::response_parser<http::buffer_body>> parser_;
};

Connection::Connection(const std::string& origin) : impl_(std::make_unique<Impl>(origin)) {}
Connection::~Connection() = default;
void Connection::begin(const HttpRequest& request) {
    impl_->begin(request);
}
bool Connection::send(base::ByteView bytes) {
    return impl_->send(bytes);
}
HttpReply Connection::finish() {
    return impl_->finish();
}
std::size_t Connection::read_body(base::MutableBytes out) {
    return impl_->read_body(out);
}
void Connection::abandon() noexcept {
    impl_->abandon();
}

}  // namespace kluis::client
