// One HTTP request as a call on the service, in plain terms: no sockets here.
//
// Thread-safety: one thread at a time for each object; `begin`, the upload and `finish` may block
// and are called from worker threads.
#pragma once

#include <kluis/base/stream.hpp>

#include <api/endpoints.hpp>
#include <api/service.hpp>
#include <store/store.hpp>

#include <map>

namespace kluis::server {

class VaultService;

using Headers = std::vector<std::pair<std::string, std::string>>;

struct RequestHead {
    std::string method;
    std::string target;                                       // path and query, as sent
    std::map<std::string, std::string, std::less<>> headers;  // names in lower case
    bool repeated = false;                // a header that may stand once stood twice
    std::optional<std::uint64_t> length;  // of the body; nothing if it is not said
};

struct Reply {
    int status = 204;
    Headers headers;
    std::string body;
    // Instead of `body`: a stream of `length` bytes, or of unknown length.
    std::unique_ptr<base::Reader> stream;
    std::optional<std::uint64_t> length;
    bool head_only = false;  // the headers of a reply whose body is not sent
};

struct Handler;

// The reply to a request that was refused. `request` is its id.
Reply problem_reply(const base::Error& error, std::string_view request);

class Exchange {
  public:
    Exchange(VaultService& service, RequestHead head);
    Exchange(const Exchange&) = delete;
    Exchange& operator=(const Exchange&) = delete;

    // Finds the route, checks the session and what may be known before the body, and opens the
    // upload if it is one. Throws base::Error.
    void begin();

    // Method and template of the path, for the log; empty if there is none such.
    std::string route() const;

    // What goes with a refusal of this request: the methods of its path, the size of its resource.
    const Headers& refusal_headers() const { return refusal_headers_; }

    // Where the body goes; null if it is to be gathered and given to `finish`.
    api::Upload* upload() { return upload_.get(); }

    // Answers the request. Throws base::Error.
    Reply finish(base::Bytes body);

    // Whether it is of somebody who has logged in. REQUIRES: after `begin`.
    bool has_session() const { return session_.has_value(); }

    // Whether its body is gathered and has to come faster, because memory for those is short.
    // REQUIRES: after `begin`.
    bool must_hurry() const;

    // For the handlers.
    VaultService& service() { return service_; }
    const api::SessionToken& session() const { return *session_; }
    const base::Bytes& body() const { return body_; }
    bool is_head() const { return head_.method == "HEAD"; }
    std::string_view header(std::string_view name) const;
    // The parameter at `place` in the path.
    std::string_view parameter(std::size_t place) const { return parameters_.at(place); }
    bool asks(std::string_view name) const { return query_.contains(name); }
    // A parameter of the query; empty if absent.
    std::string_view query(std::string_view name) const;
    // Holds for as long as the request takes what `slot` keeps for it.
    void hold(std::shared_ptr<void> slot) { slot_ = std::move(slot); }
    void add_refusal_header(std::string name, std::string value) {
        refusal_headers_.emplace_back(std::move(name), std::move(value));
    }

  private:
    void check_headers() const;
    void read_target();
    void read_query(std::string_view query);
    [[noreturn]] void refuse_method(std::string_view path);
    void check_body(const Handler& found) const;
    void admit(const Handler& found);

    VaultService& service_;
    RequestHead head_;
    const api::Route* route_ = nullptr;
    std::vector<std::string_view> parameters_;
    std::map<std::string_view, std::string_view> query_;
    std::optional<api::SessionToken> session_;
    store::Session who_;  // whose session it is
    Headers refusal_headers_;
    std::shared_ptr<void> slot_;
    std::unique_ptr<api::Upload> upload_;
    base::Bytes body_;
};

}  // namespace kluis::server
