#include <kluis/base/error.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <server/connection.hpp>
#include <server/http_server.hpp>

#include <csignal>
#include <set>
#include <thread>

namespace kluis::server {

namespace asio = boost::asio;
using asio::ip::tcp;

namespace {

constexpr unsigned kIoThreads = 2;
constexpr std::size_t kSpare = 8;  // one in so many connections, beyond the limit

asio::ip::address parse_address(const std::string& text) {
    boost::system::error_code error;
    const auto address = asio::ip::make_address(text, error);
    if (error)
        throw base::Error(base::ErrorKind::usage, "the address to listen on is no IP address");
    return address;
}

}  // namespace

bool is_unspecified(const std::string& address) {
    return parse_address(address).is_unspecified();
}

class HttpServer::Impl {
  public:
    Impl(VaultService& service, Log& log, HttpOptions options)
        : options_(std::move(options)),
          workers_(options_.limits.workers),
          context_{service, log, options_.limits, workers_, stopping_},
          control_(asio::make_strand(io_)),
          acceptor_(control_),
          signals_(control_),
          drained_(control_) {
        const auto address = parse_address(options_.address);
        if (options_.tls) {
            tls_.emplace(options_.tls->certificate, options_.tls->key);
        } else if (!address.is_loopback()) {
            throw base::Error(base::ErrorKind::usage, "plain http is for loopback addresses alone",
                              "give --tls-cert and --tls-key, or listen on 127.0.0.1");
        }
        listen({address, options_.port});
        if (options_.signals) await_signals();
    }

    ~Impl() { workers_.join(); }

    std::uint16_t port() const { return acceptor_.local_endpoint().port(); }

    void run() {
        asio::co_spawn(control_, accept(), asio::detached);
        std::thread second([this] { io_.run(); });
        io_.run();
        second.join();
    }

    void stop() {
        asio::post(control_, [this] { begin_stopping(); });
    }

  private:
    using Strand = asio::strand<asio::io_context::executor_type>;
    struct Open {
        Open(Strand its_strand, const ConnectionContext& context, std::unique_ptr<Transport> its)
            : strand(std::move(its_strand)), connection(context, std::move(its)) {}

        Strand strand;
        Connection connection;
        // Since when it waited when it was told to make room.
        std::optional<Connection::Clock::time_point> told;
    };

    void listen(const tcp::endpoint& endpoint) {
        boost::system::error_code error;
        acceptor_.open(endpoint.protocol(), error);
        if (!error) acceptor_.set_option(tcp::acceptor::reuse_address(true), error);
        if (!error) acceptor_.bind(endpoint, error);
        if (!error) acceptor_.listen(asio::socket_base::max_listen_connections, error);
        if (error) {
            throw base::Error(base::ErrorKind::unavailable,
                              "cannot listen on this address: " + error.message());
        }
    }

    void await_signals() {
        signals_.add(SIGTERM);
        signals_.add(SIGINT);
        signals_.async_wait([this](boost::system::error_code error, int) {
            if (!error) begin_stopping();
        });
    }

    // Whatever fails, for want of descriptors or memory above all, accepting goes on: the
    // connections that are there end meanwhile.
    asio::awaitable<void> accept() {
        while (!stopping_) {
            bool failed = false;
            try {
                co_await accept_one();
            } catch (const std::exception&) {
                failed = true;
            }
            if (failed && !stopping_) co_await pause();
        }
    }

    asio::awaitable<void> accept_one() {
        const auto strand = asio::make_strand(io_);
        tcp::socket socket(strand);
        co_await acceptor_.async_accept(socket, asio::use_awaitable);
        if (stopping_ || !make_room()) co_return;
        boost::system::error_code ignored;
        socket.set_option(tcp::no_delay(true), ignored);
        boost::beast::tcp_stream stream(std::move(socket));
        auto transport =
            tls_ ? tls_->transport(std::move(stream)) : tcp_transport(std::move(stream));
        const auto open = std::make_shared<Open>(strand, context_, std::move(transport));
        open_.insert(open);
        asio::co_spawn(strand, open->connection.serve(), [this, open](std::exception_ptr) {
            asio::post(control_, [this, open] { closed(open); });
        });
    }

    asio::awaitable<void> pause() {
        asio::steady_timer timer(control_, std::chrono::milliseconds(100));
        boost::system::error_code ignored;
        co_await timer.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
    }

    // Whether there is room for one more connection. Those that are told to make room take a
    // moment: until then there may be a few too many.
    bool make_room() {
        const std::size_t most = options_.limits.connections;
        if (open_.size() < most) return true;
        if (open_.size() > most + most / kSpare) return false;
        std::shared_ptr<Open> longest;
        std::optional<Connection::Clock::time_point> since;
        for (const auto& open : open_) {
            const auto waits = open->connection.waits_since();
            if (!waits || open->told == waits || (since && *since <= *waits)) continue;
            longest = open;
            since = waits;
        }
        if (!longest) return false;
        longest->told = since;
        asio::post(longest->strand, [longest] { longest->connection.close_if_waiting(); });
        return true;
    }

    void closed(const std::shared_ptr<Open>& open) {
        open_.erase(open);
        if (stopping_ && open_.empty()) drained_.cancel();
    }

    void begin_stopping() {
        if (stopping_.exchange(true)) return;
        boost::system::error_code ignored;
        acceptor_.close(ignored);
        signals_.cancel(ignored);
        for (const auto& open : open_)
            asio::post(open->strand, [open] { open->connection.close_if_idle(); });
        if (open_.empty()) return;
        drained_.expires_after(options_.limits.drain);
        drained_.async_wait([this](boost::system::error_code) {
            for (const auto& open : open_)
                asio::post(open->strand, [open] { open->connection.close(); });
        });
    }

    HttpOptions options_;
    asio::io_context io_{static_cast<int>(kIoThreads)};
    asio::thread_pool workers_;
    std::atomic<bool> stopping_ = false;
    ConnectionContext context_;
    // Accepting, the list of connections and stopping happen on this strand.
    Strand control_;
    tcp::acceptor acceptor_;
    asio::signal_set signals_;
    asio::steady_timer drained_;
    std::optional<Tls> tls_;
    std::set<std::shared_ptr<Open>> open_;
};

HttpServer::HttpServer(VaultService& service, Log& log, HttpOptions options)
    : impl_(std::make_unique<Impl>(service, log, std::move(options))) {}
HttpServer::~HttpServer() = default;
std::uint16_t HttpServer::port() const {
    return impl_->port();
}
void HttpServer::run() {
    impl_->run();
}
void HttpServer::stop() {
    impl_->stop();
}

}  // namespace kluis::server
