#include "request.hpp"

#include <kluis/base/text.hpp>
#include <kluis/crypto/random.hpp>

#include <boost/beast/core/error.hpp>
#include <server/refusal.hpp>

#include <algorithm>
#include <set>

namespace kluis::server {

namespace asio = boost::asio;
namespace http = boost::beast::http;

namespace {

constexpr std::size_t kReceive = 64 * 1024;
constexpr std::size_t kPart = 256 * 1024;

std::string random_id() {
    std::array<std::uint8_t, 10> bytes;
    crypto::random_fill(bytes);
    return base::base32_encode(bytes);
}

// Headers that the server acts on: with two of one, which counts would be anybody's guess.
bool counts_once(std::string_view name) {
    static const std::set<std::string_view> names{"authorization", "content-length", "content-type",
                                                  "expect",        "host",           "if-match",
                                                  "if-none-match", "if-range",       "range"};
    return names.contains(name);
}

base::Error error_of(boost::system::error_code error) {
    if (error == http::error::header_limit) return refusal("head-too-large");
    return refusal("malformed");
}

constexpr int kTimedOut = 408;  // for the log alone: nobody is left to be told

}  // namespace

Request::Request(const ConnectionContext& context, Transport& transport,
                 boost::beast::flat_buffer& buffer, Waiting& waiting)
    : context_(context),
      transport_(transport),
      buffer_(buffer),
      waiting_(waiting),
      id_(random_id()) {
    parser_.header_limit(static_cast<std::uint32_t>(context.limits.head));
    parser_.body_limit(boost::none);
    parser_.eager(false);
}

asio::awaitable<bool> Request::receive() {
    const auto space = buffer_.prepare(kReceive);
    const std::size_t count =
        co_await transport_.read({static_cast<std::uint8_t*>(space.data()), space.size()});
    buffer_.commit(count);
    co_return count > 0;
}

asio::awaitable<bool> Request::read_head(bool first) {
    transport_.deadline(first ? context_.limits.head_within : context_.limits.idle);
    if (buffer_.size() == 0 && !co_await receive()) co_return false;
    if (!first) transport_.deadline(context_.limits.head_within);
    began_ = std::chrono::steady_clock::now();
    while (!parser_.is_header_done()) {
        boost::system::error_code error;
        const std::size_t used = parser_.put(buffer_.data(), error);
        buffer_.consume(used);
        if (parser_.is_header_done()) break;
        if (error && error != http::error::need_more) {
            bad_head_ = error_of(error);
            break;
        }
        if (!co_await receive()) co_return false;
    }
    if (!bad_head_) bad_head_ = fault_of_head();
    co_return true;
}

// What would leave open where the request ends: the connection does not outlive it.
std::optional<base::Error> Request::fault_of_head() const {
    const auto& message = parser_.get();
    if (message.count(http::field::transfer_encoding) > 0) return refusal("length-required");
    if (message.version() != 11 || message.count(http::field::host) != 1) {
        return refusal("malformed");
    }
    return std::nullopt;
}

asio::awaitable<void> Request::answer() {
    Reply answer = co_await reply();
    status_ = answer.status;
    // Strangers who do not read could hold all connections as well as those who do not send.
    if (stranger_) waiting_.begin();
    co_await send(std::move(answer));
}

void Request::refuse(const base::Error& error, Reply& reply) {
    reply = problem_reply(error, id_);
    if (exchange_) {
        std::ranges::copy(exchange_->refusal_headers(), std::back_inserter(reply.headers));
    }
    if (reply.status >= 500) failure_ = error;
}

asio::awaitable<Reply> Request::reply() {
    Reply result;
    try {
        if (bad_head_) throw *bad_head_;
        result = co_await reply_to_good_head();
        keep_ = parser_.get().keep_alive() && parser_.is_done();
    } catch (const base::Error& error) {
        refuse(error, result);
        // Only a request that was read to its end leaves the connection in a known state.
        keep_ = !bad_head_ && parser_.is_done() && parser_.get().keep_alive();
    } catch (const boost::system::system_error&) {
        status_ = kTimedOut;
        throw;
    } catch (const std::exception&) {
        refuse(refusal("internal"), result);
    }
    keep_ = keep_ && !context_.stopping;
    if (exchange_) route_ = exchange_->route();
    // What an upload that failed left behind goes before the reply.
    if (!result.stream) exchange_.reset();
    co_return result;
}

asio::awaitable<Reply> Request::reply_to_good_head() {
    exchange_ = std::make_unique<Exchange>(context_.service, head());
    Exchange& exchange = *exchange_;
    co_await in_worker(context_.workers, [&exchange] { exchange.begin(); });
    stranger_ = !exchange.has_session();
    // A stranger may be anybody, and must not be able to hold all connections.
    if (stranger_) waiting_.begin();
    moving_since_ = std::chrono::steady_clock::now();
    if (base::lower_ascii(exchange.header("expect")) == "100-continue") {
        co_await write(base::as_bytes("HTTP/1.1 100 Continue\r\n\r\n"));
    }
    base::Bytes body = co_await read_body();
    waiting_.end();
    co_return co_await in_worker(context_.workers,
                                 [&exchange, &body] { return exchange.finish(std::move(body)); });
}

RequestHead Request::head() const {
    const auto& message = parser_.get();
    RequestHead head;
    head.method = std::string(message.method_string());
    head.target = std::string(message.target());
    for (const auto& field : message) {
        const std::string name = base::lower_ascii(field.name_string());
        const bool first = head.headers.emplace(name, std::string(field.value())).second;
        head.repeated = head.repeated || (!first && counts_once(name));
    }
    if (const auto length = parser_.content_length()) head.length = *length;
    return head;
}

// How long to wait for more of a body, in either direction, of which `count` bytes may come at
// `slowest` and all of which in `longest`.
Request::Duration Request::time_left(Duration longest, std::uint64_t count,
                                     std::uint64_t slowest) const {
    const Duration taken = std::chrono::steady_clock::now() - moving_since_;
    const Duration stall = context_.limits.stall;
    const Duration in_all = stall + std::chrono::seconds(count / slowest);
    return std::min(stall, std::min(in_all, longest) - taken);
}

asio::awaitable<base::Bytes> Request::read_body() {
    base::Bytes gathered;
    if (parser_.is_done()) co_return gathered;
    const std::uint64_t length = parser_.content_length().value_or(0);
    api::Upload* upload = exchange_->upload();
    if (!upload) gathered.reserve(static_cast<std::size_t>(length));
    base::Bytes part(static_cast<std::size_t>(std::min<std::uint64_t>(length, kPart)));
    while (!parser_.is_done()) {
        const base::ByteView got(part.data(), co_await read_part(part));
        in_ += got.size();
        if (!upload) {
            base::append(gathered, got);
        } else {
            co_await in_worker(context_.workers, [upload, got] { upload->write(got); });
        }
    }
    co_return gathered;
}

asio::awaitable<std::size_t> Request::read_part(base::MutableBytes out) {
    auto& body = parser_.get().body();
    body.data = out.data();
    body.size = out.size();
    body.more = true;
    while (!parser_.is_done() && body.size > 0) {
        if (buffer_.size() == 0) co_await receive_body();
        boost::system::error_code error;
        const std::size_t used = parser_.put(buffer_.data(), error);
        buffer_.consume(used);
        if (error == http::error::need_buffer) break;
        if (error == http::error::need_more) {
            co_await receive_body();
        } else if (error) {
            throw refusal("malformed");
        }
    }
    co_return out.size() - body.size;
}

// What came so far counts, not what is to come: a long body gives no leave to be slow.
asio::awaitable<void> Request::receive_body() {
    const HttpLimits& limits = context_.limits;
    const std::uint64_t came = *parser_.content_length() - *parser_.content_length_remaining();
    const std::uint64_t slowest =
        exchange_->must_hurry() ? limits.slowest_when_short : limits.slowest;
    transport_.deadline(
        time_left(stranger_ ? Duration(limits.strangers) : Duration::max(), came, slowest));
    if (!co_await receive()) throw boost::system::system_error(asio::error::eof);
}

}  // namespace kluis::server
