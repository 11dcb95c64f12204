#include "request.hpp"

#include <boost/beast/http/status.hpp>

#include <algorithm>

namespace kluis::server {

namespace asio = boost::asio;
namespace http = boost::beast::http;

namespace {

constexpr std::size_t kWritten = 64 * 1024;
constexpr std::size_t kRead = 256 * 1024;

// The next part of a stream, filled unless it is the last.
base::Bytes next_part(base::Reader& stream) {
    base::Bytes part(kRead);
    part.resize(base::read_full(stream, part));
    return part;
}

std::string chunk_head(std::size_t size) {
    std::string hex = base::hex_encode(base::big_endian(size, 4));
    return hex + "\r\n";
}

asio::awaitable<base::Bytes> read_next(asio::thread_pool& workers, base::Reader& stream) {
    return in_worker(workers, [&stream] { return next_part(stream); });
}

}  // namespace

std::string Request::head_of(const Reply& reply) const {
    std::string head = "HTTP/1.1 " + std::to_string(reply.status) + " " +
                       std::string(http::obsolete_reason(
                           http::int_to_status(static_cast<unsigned>(reply.status)))) +
                       "\r\nX-Content-Type-Options: nosniff\r\n";
    bool has_tag = false;
    for (const auto& [name, value] : reply.headers) {
        head += name + ": " + value + "\r\n";
        has_tag = has_tag || name == "Accept-Ranges";
    }
    head += has_tag ? "Cache-Control: private, no-cache\r\n" : "Cache-Control: no-store\r\n";
    if (!keep_) head += "Connection: close\r\n";
    if (reply.status == 204 || reply.status == 304) return head + "\r\n";
    if (reply.length) {
        head += "Content-Length: " + std::to_string(*reply.length) + "\r\n";
    } else if (reply.stream) {
        head += "Transfer-Encoding: chunked\r\n";
    } else {
        head += "Content-Length: " + std::to_string(reply.body.size()) + "\r\n";
    }
    return head + "\r\n";
}

asio::awaitable<void> Request::write(base::ByteView bytes) {
    const HttpLimits& limits = context_.limits;
    while (!bytes.empty()) {
        const base::ByteView part = bytes.first(std::min(bytes.size(), kWritten));
        transport_.deadline(time_left(stranger_ ? limits.strangers : limits.longest,
                                      out_ + part.size(), limits.slowest));
        co_await transport_.write(part);
        out_ += part.size();
        bytes = bytes.subspan(part.size());
    }
}

asio::awaitable<void> Request::send(Reply reply) {
    moving_since_ = std::chrono::steady_clock::now();
    reply.head_only = reply.head_only || parser_.get().method() == http::verb::head;
    std::string head = head_of(reply);
    if (reply.stream && !reply.head_only) {
        co_await send_stream(std::move(reply), std::move(head));
        co_return;
    }
    if (!reply.head_only) head += reply.body;
    co_await write(base::as_bytes(head));
}

asio::awaitable<void> Request::send_stream(Reply reply, std::string head) {
    // The first part before the head: what fails at once is still answered in words.
    base::Bytes part;
    try {
        part = co_await read_next(context_.workers, *reply.stream);
    } catch (const std::exception&) {
        keep_ = false;
        failure_ = base::Error(base::ErrorKind::storage, "a payload cannot be read");
        reply = problem_reply(*failure_, id_);
        status_ = reply.status;
        head = head_of(reply) + reply.body;
    }
    if (!reply.stream) {
        co_await write(base::as_bytes(head));
        co_return;
    }
    while (true) {
        if (!reply.length && !part.empty()) head += chunk_head(part.size());
        if (!head.empty()) co_await write(base::as_bytes(head));
        co_await write(part);
        head = !reply.length && !part.empty() ? "\r\n" : "";
        if (part.size() < kRead) break;
        part = co_await read_next(context_.workers, *reply.stream);
    }
    if (!reply.length) co_await write(base::as_bytes(head + "0\r\n\r\n"));
}

void Request::write_log() const {
    const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(
        std::chrono::steady_clock::now() - began_);
    base::Json entry{{"event", "request"},
                     {"request", id_},
                     {"route", exchange_ ? exchange_->route() : route_},
                     {"status", static_cast<std::uint64_t>(status_)},
                     {"ms", static_cast<std::uint64_t>(took.count())},
                     {"in", in_},
                     {"out", out_}};
    if (failure_) entry["error"] = base::name(failure_->kind());
    context_.log.write(std::move(entry));
}

}  // namespace kluis::server
