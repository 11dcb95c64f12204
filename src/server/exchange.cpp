#include "handlers.hpp"

#include <kluis/base/json.hpp>

#include <api/wire.hpp>
#include <server/exchange.hpp>
#include <server/refusal.hpp>

#include <algorithm>

namespace kluis::server {

Reply problem_reply(const base::Error& error, std::string_view request) {
    Reply reply;
    reply.status = api::problem_type(error).status;
    reply.headers.emplace_back("Content-Type", api::kProblemMediaType);
    if (reply.status == 401) reply.headers.emplace_back("WWW-Authenticate", "Bearer");
    if (api::problem_type(error).retry) reply.headers.emplace_back("Retry-After", "30");
    reply.body = base::canonical_json(api::problem_document(error, request), base::JsonText::ascii);
    return reply;
}

Exchange::Exchange(VaultService& service, RequestHead head)
    : service_(service), head_(std::move(head)) {}

std::string_view Exchange::header(std::string_view name) const {
    const auto found = head_.headers.find(name);
    return found == head_.headers.end() ? std::string_view() : std::string_view(found->second);
}

std::string_view Exchange::query(std::string_view name) const {
    const auto found = query_.find(name);
    return found == query_.end() ? std::string_view() : found->second;
}

void Exchange::begin() {
    if (head_.repeated) throw refusal("malformed");
    read_target();
    if (route_->session) {
        session_ = api::parse_bearer(header("authorization"));
        if (!session_) throw refusal("login-required");
        service_.require_session(*session_);
    }
    check_body();
    open_upload();
}

Reply Exchange::finish(base::Bytes body) {
    body_ = std::move(body);
    if (upload_) upload_->finish();
    Reply reply = handler(route_->endpoint).answer(*this);
    reply.head_only = is_head();
    return reply;
}

void Exchange::read_target() {
    const std::string_view target = head_.target;
    const std::size_t mark = std::min(target.find('?'), target.size());
    bool other_method = false;
    const std::string_view method = is_head() ? "GET" : std::string_view(head_.method);
    const auto matched = api::match(method, target.substr(0, mark), &other_method);
    if (!matched) throw other_method ? refusal("method-not-allowed") : unknown();
    const Handler& found = handler(matched->route->endpoint);
    if (is_head() && matched->route->endpoint != api::Endpoint::document &&
        matched->route->endpoint != api::Endpoint::bundle) {
        throw refusal("method-not-allowed");
    }
    route_ = matched->route;
    parameters_ = matched->parameters;
    std::string_view rest = target.substr(std::min(mark + 1, target.size()));
    while (!rest.empty()) {
        const std::string_view pair = rest.substr(0, rest.find('&'));
        rest.remove_prefix(std::min(pair.size() + 1, rest.size()));
        const std::size_t equals = std::min(pair.find('='), pair.size());
        const std::string_view name = pair.substr(0, equals);
        if (std::ranges::find(found.query, name) == found.query.end()) throw refusal("malformed");
        const bool first =
            query_.emplace(name, pair.substr(std::min(equals + 1, pair.size()))).second;
        if (!first) throw refusal("malformed");
    }
}

void Exchange::check_body() {
    const Handler& found = handler(route_->endpoint);
    if (found.media_type.empty()) {
        if (head_.length.value_or(0) > 0) throw refusal("malformed");
        return;
    }
    if (!head_.length) throw refusal("length-required");
    if (header("content-type") != found.media_type) throw refusal("media-type");
    if (!found.upload && *head_.length > found.body_limit) throw refusal("limit");
}

void Exchange::open_upload() {
    const Handler& found = handler(route_->endpoint);
    if (found.upload) upload_ = found.upload(*this, *head_.length);
}

}  // namespace kluis::server
