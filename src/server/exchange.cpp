#include "handlers.hpp"

#include <kluis/base/json.hpp>

#include <api/wire.hpp>
#include <server/exchange.hpp>
#include <server/refusal.hpp>
#include <server/vault_service.hpp>

#include <algorithm>
#include <array>

namespace kluis::server {

namespace {

// What would make a part of a whole upload, or another method of this one, or name a file.
constexpr std::array<std::string_view, 11> kRefusedHeaders{
    "content-range",       "tus-resumable",          "upload-checksum",  "upload-concat",
    "upload-defer-length", "upload-length",          "upload-metadata",  "upload-offset",
    "x-http-method",       "x-http-method-override", "x-method-override"};

bool answers_head(api::Endpoint endpoint) {
    return endpoint == api::Endpoint::document || endpoint == api::Endpoint::bundle;
}

}  // namespace

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

std::string Exchange::route() const {
    return route_ ? head_.method + " " + std::string(route_->path) : std::string();
}

void Exchange::begin() {
    if (head_.repeated) throw refusal("malformed");
    read_target();
    if (route_->session) {
        session_ = api::parse_bearer(header("authorization"));
        if (!session_) throw refusal("login-required");
        who_ = service_.require_session(*session_);
    }
    check_headers();
    const Handler& found = handler(route_->endpoint);
    check_body(found);
    admit(found);
}

Reply Exchange::finish(base::Bytes body) {
    body_ = std::move(body);
    if (upload_) upload_->finish();
    return handler(route_->endpoint).answer(*this);
}

bool Exchange::must_hurry() const {
    return session_ && !upload_ && service_.must_hurry(who_, head_.length.value_or(0));
}

void Exchange::check_headers() const {
    const auto is_there = [&](std::string_view name) { return head_.headers.contains(name); };
    if (std::ranges::any_of(kRefusedHeaders, is_there)) throw refusal("malformed");
}

void Exchange::read_target() {
    const std::string_view target = head_.target;
    const std::size_t mark = std::min(target.find('?'), target.size());
    const std::string_view path = target.substr(0, mark);
    const std::string_view method = is_head() ? "GET" : std::string_view(head_.method);
    const auto matched = api::match(method, path);
    if (!matched || (is_head() && !answers_head(matched->route->endpoint))) refuse_method(path);
    route_ = matched->route;
    parameters_ = matched->parameters;
    if (mark < target.size()) read_query(target.substr(mark + 1));
}

void Exchange::refuse_method(std::string_view path) {
    std::string allowed;
    for (const api::Route* route : api::routes_of(path)) {
        allowed += (allowed.empty() ? "" : ", ") + std::string(api::name(route->method));
        if (answers_head(route->endpoint)) allowed += ", HEAD";
    }
    if (allowed.empty()) throw unknown();
    add_refusal_header("Allow", std::move(allowed));
    throw refusal("method-not-allowed");
}

// One pair or more, NAME=VALUE, with `&` between them and nowhere else.
void Exchange::read_query(std::string_view rest) {
    const Handler& found = handler(route_->endpoint);
    for (bool more = true; more;) {
        const std::string_view pair = rest.substr(0, rest.find('&'));
        more = pair.size() < rest.size();
        rest.remove_prefix(pair.size() + (more ? 1 : 0));
        const std::size_t equals = pair.find('=');
        const std::string_view name = pair.substr(0, equals);
        const bool known = std::ranges::find(found.query, name) != found.query.end();
        if (!known || equals == pair.npos ||
            !query_.emplace(name, pair.substr(equals + 1)).second) {
            throw refusal("malformed");
        }
    }
}

void Exchange::check_body(const Handler& found) const {
    if (found.media_type.empty()) {
        if (head_.length.value_or(0) > 0) throw refusal("malformed");
        return;
    }
    if (!head_.length) throw refusal("length-required");
    if (header("content-type") != found.media_type) throw refusal("media-type");
    if (!found.upload && *head_.length > found.body_limit) throw refusal("limit");
}

// Who may not do this, or has too much under way, is told before the body.
void Exchange::admit(const Handler& found) {
    if (found.admit) found.admit(*this);
    if (found.upload) {
        upload_ = found.upload(*this, *head_.length);
    } else if (found.download) {
        hold(service_.download_slot(who_.card));
    } else if (route_->session && head_.length.value_or(0) > 0) {
        const std::uint64_t cost = found.media_type == api::kJsonMediaType ? kJsonBodyCost : 1;
        hold(service_.body_slot(who_, *head_.length, cost));
    }
}

}  // namespace kluis::server
