#include "handlers.hpp"

#include <api/wire.hpp>
#include <server/refusal.hpp>

#include <algorithm>

namespace kluis::server {

namespace {

std::vector<Handler> all_handlers() {
    std::vector<Handler> all = account_handlers();
    for (auto group : {dossier_handlers(), document_handlers()})
        std::ranges::move(group, std::back_inserter(all));
    return all;
}

}  // namespace

const Handler& handler(api::Endpoint endpoint) {
    static const std::vector<Handler> all = all_handlers();
    const auto found = std::ranges::find(all, endpoint, &Handler::endpoint);
    if (found == all.end()) throw refusal("internal");
    return *found;
}

api::ViewAs view_of(const Exchange& exchange) {
    const auto as = api::view_named(exchange.query("as"));
    if (!as) throw refusal("malformed");
    return *as;
}

base::Json body_json(const Exchange& exchange) {
    return base::parse_json(exchange.body(), "request", kRequestBytesPerValue);
}

Reply json_reply(const base::Json& json) {
    Reply reply;
    reply.status = 200;
    reply.headers.emplace_back("Content-Type", api::kJsonMediaType);
    reply.body = base::canonical_json(json, base::JsonText::utf8);
    return reply;
}

}  // namespace kluis::server
