// One HTTP/1.1 connection to one origin: the only user of Boost.Beast in the client.
//
// Thread-safety: one thread at a time.
#pragma once

#include <kluis/base/stream.hpp>

#include <map>
#include <memory>
#include <optional>
#include <string>

namespace kluis::client {

struct HttpRequest {
    std::string_view method;
    std::string target;  // path and query
    std::map<std::string, std::string> headers;
    std::uint64_t body_size = 0;
};

struct HttpReply {
    int status = 0;
    std::map<std::string, std::string> headers;  // names in lower case; the last of a name counts
    std::optional<std::uint64_t> content_length;
};

// A connection that is opened at the first request and again after it was lost. Each operation has
// a deadline of kStall seconds without progress.
class Connection {
  public:
    static constexpr int kStall = 60;

    // Throws Error(usage) unless `origin` is http:// on loopback, or https://.
    explicit Connection(const std::string& origin);
    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    // Sends the request's head. If a kept connection turns out to be closed, connects anew once.
    // Throws Error(unavailable).
    void begin(const HttpRequest& request);
    // Sends part of the body. False if the other side has answered without taking all of it, and
    // takes no more: finish() then gives that reply. Throws Error(unavailable).
    bool send(base::ByteView bytes);
    // Ends the request and reads the reply's head. Throws Error(unavailable).
    HttpReply finish();
    // Reads the reply's body; 0 at its end. Throws Error(unavailable) if it is cut short.
    std::size_t read_body(base::MutableBytes out);
    // Closes it: for a body that was not sent, or not read, to its end.
    void abandon() noexcept;

  private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace kluis::client
