// A plain HTTP client for tests, which sends whatever it is told and reads what comes.
#pragma once

#include <kluis/base/text.hpp>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

namespace kluis::test {

struct HttpReply {
    int status = 0;
    std::map<std::string, std::string> headers;  // names in lower case
    std::string body;
};

class HttpClient {
  public:
    // `buffer`: of what is received and not yet read, if not the system's own. `segment`: of bytes
    // on their way; the smaller it is, the less the system keeps for either side.
    explicit HttpClient(std::uint16_t port, int buffer = 0, int segment = 0) {
        socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        if (segment > 0) {
            ::setsockopt(socket_, IPPROTO_TCP, TCP_MAXSEG, &segment, sizeof segment);
        }
        if (buffer > 0) ::setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &buffer, sizeof buffer);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        const auto* where = reinterpret_cast<const sockaddr*>(&address);
        if (::connect(socket_, where, sizeof address) != 0) {
            throw std::runtime_error("cannot connect");
        }
    }
    ~HttpClient() { ::close(socket_); }
    HttpClient(const HttpClient&) = delete;
    HttpClient& operator=(const HttpClient&) = delete;

    // False if the other side has closed the connection.
    bool send(std::string_view bytes) {
        while (!bytes.empty()) {
            const ssize_t count = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (count <= 0) return false;
            bytes.remove_prefix(static_cast<std::size_t>(count));
        }
        return true;
    }

    // Sends the request again and again, reading nothing, until the other side takes no more for
    // `patience`. False if it has closed the connection.
    bool fill(std::string_view request, std::chrono::milliseconds patience) {
        pollfd room{socket_, POLLOUT, 0};
        while (::poll(&room, 1, static_cast<int>(patience.count())) > 0) {
            const std::string_view rest = request.substr(filled_);
            const ssize_t count =
                ::send(socket_, rest.data(), rest.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
            if (count < 0 && errno != EAGAIN) return false;
            if (count > 0) filled_ = (filled_ + static_cast<std::size_t>(count)) % request.size();
        }
        return true;
    }

    HttpReply request(const std::string& method, const std::string& target,
                      const std::string& headers = {}, const std::string& body = {}) {
        std::string head = method + " " + target + " HTTP/1.1\r\nHost: test\r\n" + headers;
        if (!body.empty() || method != "GET") {
            head += "Content-Length: " + std::to_string(body.size()) + "\r\n";
        }
        send(head + "\r\n" + body);
        return receive(method == "HEAD");
    }

    // A whole reply. Throws if the connection ends before.
    HttpReply receive(bool without_body = false) {
        HttpReply reply;
        const std::string line = take_line();
        reply.status = std::stoi(line.substr(9, 3));
        for (std::string header = take_line(); !header.empty(); header = take_line()) {
            const std::size_t colon = header.find(": ");
            reply.headers[base::lower_ascii(header.substr(0, colon))] = header.substr(colon + 2);
        }
        if (without_body || reply.status == 204 || reply.status == 304) return reply;
        if (reply.headers.contains("transfer-encoding")) {
            read_chunks(reply);
        } else {
            reply.body = take(std::stoull(reply.headers.at("content-length")));
        }
        return reply;
    }

    // Whether the server closes the connection without another byte.
    bool closed() {
        char byte;
        return rest_.empty() && ::recv(socket_, &byte, 1, 0) <= 0;
    }

    // Sends a request and reads its reply, for a while a byte at a time; whether all of it came.
    bool reads_whole(const std::string& request, std::chrono::milliseconds slowly_for) {
        send(request);
        try {
            const HttpReply head = receive(true);
            std::uint64_t left = std::stoull(head.headers.at("content-length")) - rest_.size();
            std::vector<char> bytes(65536);
            const auto end = std::chrono::steady_clock::now() + slowly_for;
            while (left > 0) {
                const bool slowly = std::chrono::steady_clock::now() < end;
                const ssize_t count = ::recv(socket_, bytes.data(), slowly ? 1 : bytes.size(), 0);
                if (count <= 0) return false;
                left -= static_cast<std::uint64_t>(count);
            }
            return true;
        } catch (const std::runtime_error&) {
            return false;
        }
    }

  private:
    void more() {
        char bytes[65536];
        const ssize_t count = ::recv(socket_, bytes, sizeof bytes, 0);
        if (count <= 0) throw std::runtime_error("the connection ended");
        rest_.append(bytes, static_cast<std::size_t>(count));
    }

    std::string take(std::size_t size) {
        while (rest_.size() < size)
            more();
        std::string result = rest_.substr(0, size);
        rest_.erase(0, size);
        return result;
    }

    std::string take_line() {
        while (rest_.find("\r\n") == rest_.npos)
            more();
        std::string line = take(rest_.find("\r\n") + 2);
        line.resize(line.size() - 2);
        return line;
    }

    void read_chunks(HttpReply& reply) {
        while (const auto size = std::stoull(take_line(), nullptr, 16)) {
            reply.body += take(size);
            take(2);
        }
        take(2);
    }

    int socket_ = -1;
    std::string rest_;
    std::size_t filled_ = 0;  // how much of the last request `fill` has sent
};

}  // namespace kluis::test
