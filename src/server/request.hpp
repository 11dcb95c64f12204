// One request on a connection: its head, its body, its reply, its line in the log.
#pragma once

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/http/buffer_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <server/connection.hpp>
#include <server/exchange.hpp>
#include <server/log.hpp>

namespace kluis::server {

// Runs `call` on a worker thread and gives its result on this coroutine's strand.
template <class Call>
boost::asio::awaitable<std::invoke_result_t<Call&>> in_worker(boost::asio::thread_pool& workers,
                                                              Call call) {
    using Result = std::invoke_result_t<Call&>;
    co_return co_await boost::asio::co_spawn(
        workers, [&call]() -> boost::asio::awaitable<Result> { co_return call(); },
        boost::asio::use_awaitable);
}

class Request {
  public:
    // `waiting` begins while a stranger's body is awaited, and with the reply to a stranger.
    Request(const ConnectionContext& context, Transport& transport,
            boost::beast::flat_buffer& buffer, Waiting& waiting);

    // False if the connection ended, or was closed for being idle, before a request began. `first`:
    // whether it is the connection's first.
    boost::asio::awaitable<bool> read_head(bool first);
    boost::asio::awaitable<void> answer();

    // Whether the connection may carry another request; and whether bytes of this one may still
    // come.
    bool may_keep() const { return keep_; }
    bool body_unread() const { return bad_head_ || !parser_.is_done(); }

    void write_log() const;

  private:
    using Duration = std::chrono::steady_clock::duration;
    using Parser = boost::beast::http::request_parser<boost::beast::http::buffer_body>;

    boost::asio::awaitable<bool> receive();
    std::optional<base::Error> fault_of_head() const;
    RequestHead head() const;
    boost::asio::awaitable<Reply> reply();
    boost::asio::awaitable<Reply> reply_to_good_head();
    boost::asio::awaitable<base::Bytes> read_body();
    boost::asio::awaitable<std::size_t> read_part(base::MutableBytes out);
    boost::asio::awaitable<void> receive_body();
    boost::asio::awaitable<void> send(Reply reply);
    boost::asio::awaitable<void> send_stream(Reply reply, std::string head);
    boost::asio::awaitable<void> write(base::ByteView bytes);
    Duration time_left(Duration longest, std::uint64_t count, std::uint64_t slowest) const;
    std::string head_of(const Reply& reply) const;
    void refuse(const base::Error& error, Reply& reply);

    const ConnectionContext& context_;
    Transport& transport_;
    boost::beast::flat_buffer& buffer_;
    Waiting& waiting_;
    Parser parser_;
    std::unique_ptr<Exchange> exchange_;
    std::optional<base::Error> bad_head_;
    std::optional<base::Error> failure_;  // a refusal that is the server's fault
    std::string id_;
    std::string route_;  // method and template, for the log
    std::chrono::steady_clock::time_point began_;
    // When receiving the body began, and later when sending the reply did.
    std::chrono::steady_clock::time_point moving_since_;
    std::uint64_t in_ = 0;
    std::uint64_t out_ = 0;
    int status_ = 0;
    bool stranger_ = true;  // without a session, or refused at its head
    bool keep_ = false;
};

}  // namespace kluis::server
