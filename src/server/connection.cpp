#include "request.hpp"

#include <server/connection.hpp>

namespace kluis::server {

namespace asio = boost::asio;

namespace {

constexpr std::size_t kBuffered = 256 * 1024;
constexpr std::size_t kDiscarded = 4096;
constexpr std::chrono::seconds kLinger{5};

}  // namespace

Connection::Connection(ConnectionContext context, std::unique_ptr<Transport> transport)
    : context_(context), transport_(std::move(transport)), buffer_(kBuffered) {}

asio::awaitable<void> Connection::serve() {
    try {
        transport_->deadline(context_.limits.head_within);
        co_await transport_->handshake();
        for (bool first = true; co_await serve_one(first); first = false) {
        }
        transport_->deadline(kLinger);
        co_await transport_->end();
    } catch (const boost::system::system_error&) {
        // The other side is gone, or too slow: there is nobody to tell.
    }
    transport_->close();
}

asio::awaitable<bool> Connection::serve_one(bool first) {
    Request request(context_, *transport_, buffer_, waiting_);
    if (context_.stopping || !co_await request.read_head(first)) co_return false;
    in_request_ = true;
    waiting_.end();
    std::exception_ptr broken;
    try {
        co_await request.answer();
    } catch (const boost::system::system_error&) {
        broken = std::current_exception();
    } catch (const std::exception&) {
        // A stream that failed in the middle: closing is what tells the other side.
        broken =
            std::make_exception_ptr(boost::system::system_error(asio::error::connection_aborted));
    }
    in_request_ = false;
    waiting_.begin();
    request.write_log();
    if (broken) std::rethrow_exception(broken);
    if (!request.may_keep() && request.body_unread()) co_await linger();
    co_return request.may_keep();
}

// Reads on for a moment what the other side is still sending, so that it comes to read the reply.
asio::awaitable<void> Connection::linger() {
    transport_->deadline(kLinger);
    std::array<std::uint8_t, kDiscarded> rest;
    while (co_await transport_->read(rest) > 0) {
    }
}

void Connection::close_if_waiting() noexcept {
    if (waiting_.since()) transport_->close();
}

void Connection::close_if_idle() noexcept {
    if (!in_request_) transport_->close();
}

}  // namespace kluis::server
