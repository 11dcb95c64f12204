#include <support/wire_proxy.hpp>

namespace kluis::test {

namespace {

bool more_of(int connection, std::string& rest) {
    char bytes[65536];
    const ssize_t count = ::recv(connection, bytes, sizeof bytes, 0);
    if (count <= 0) return false;
    rest.append(bytes, static_cast<std::size_t>(count));
    return true;
}

std::size_t body_size(const std::string& head) {
    const auto at = base::lower_ascii(head).find("\r\ncontent-length:");
    return at == head.npos ? 0 : std::stoull(head.substr(at + 17));
}

void send_all(int connection, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t count = ::send(connection, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (count <= 0) return;
        bytes.remove_prefix(static_cast<std::size_t>(count));
    }
}

}  // namespace

WireProxy::WireProxy(std::uint16_t server) : server_(server) {
    listening_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* where = reinterpret_cast<sockaddr*>(&address);
    if (::bind(listening_, where, size) != 0 || ::listen(listening_, 16) != 0 ||
        ::getsockname(listening_, where, &size) != 0) {
        throw std::runtime_error("cannot listen");
    }
    port_ = ntohs(address.sin_port);
    accepting_ = std::thread([this] { accept_all(); });
}

WireProxy::~WireProxy() {
    ::shutdown(listening_, SHUT_RDWR);
    accepting_.join();
    {
        const std::lock_guard lock(mutex_);
        for (const int connection : connections_)
            ::shutdown(connection, SHUT_RDWR);
    }
    for (auto& thread : threads_)
        thread.join();
    ::close(listening_);
}

std::vector<WireRequest> WireProxy::requests() const {
    const std::lock_guard lock(mutex_);
    return requests_;
}

std::vector<std::string> WireProxy::lines() const {
    std::vector<std::string> lines;
    for (const auto& request : requests())
        lines.push_back(request.line);
    return lines;
}

void WireProxy::forget() {
    const std::lock_guard lock(mutex_);
    requests_.clear();
}

void WireProxy::accept_all() {
    for (;;) {
        const int connection = ::accept4(listening_, nullptr, nullptr, SOCK_CLOEXEC);
        if (connection < 0) return;
        const std::lock_guard lock(mutex_);
        connections_.insert(connection);
        threads_.emplace_back([this, connection] { serve(connection); });
    }
}

void WireProxy::serve(int connection) {
    try {
        HttpClient server(server_);
        std::string rest;
        while (serve_one(connection, rest, server)) {
        }
    } catch (const std::exception&) {
        // The true server has gone: so does this one.
    }
    const std::lock_guard lock(mutex_);
    connections_.erase(connection);
    ::close(connection);
}

bool WireProxy::serve_one(int connection, std::string& rest, HttpClient& server) {
    while (rest.find("\r\n\r\n") == rest.npos) {
        if (!more_of(connection, rest)) return false;
    }
    const auto head_end = rest.find("\r\n\r\n") + 4;
    const auto size = head_end + body_size(rest.substr(0, head_end));
    while (rest.size() < size) {
        if (!more_of(connection, rest)) return false;
    }
    const auto whole = rest.substr(0, size);
    rest.erase(0, size);
    const WireRequest request{whole.substr(0, whole.find(" HTTP/")), whole.substr(head_end)};
    {
        const std::lock_guard lock(mutex_);
        requests_.push_back(request);
    }
    if (!server.send(whole)) return false;
    auto reply = server.receive();
    if (alter) alter(request, reply);
    reply.headers.erase("transfer-encoding");
    reply.headers["content-length"] = std::to_string(reply.body.size());
    std::string answer = "HTTP/1.1 " + std::to_string(reply.status) + " Told\r\n";
    for (const auto& [name, value] : reply.headers)
        answer += name + ": " + value + "\r\n";
    answer += "\r\n" + reply.body;
    const auto whole_answer = answer;
    if (alter_bytes) alter_bytes(request, answer);
    send_all(connection, answer);
    return answer == whole_answer;
}

}  // namespace kluis::test
