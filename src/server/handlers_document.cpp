#include "handlers.hpp"

#include <api/wire.hpp>
#include <server/refusal.hpp>

namespace kluis::server {

namespace {

api::PayloadTarget target_of(const Exchange& exchange, std::string_view role) {
    const auto named = statement::role_named(role);
    if (!named) throw unknown();
    return {id_parameter<api::DossierId>(exchange, 0), id_parameter<api::DocumentId>(exchange, 1),
            *named};
}

api::PayloadTarget read_target(const Exchange& exchange) {
    const std::string_view role = exchange.query("role");
    return target_of(exchange, role.empty() ? statement::name(api::Role::content) : role);
}

void add_headers(Reply& reply, const std::string& etag) {
    reply.headers.emplace_back("ETag", etag);
    reply.headers.emplace_back("Accept-Ranges", "bytes");
}

Reply not_modified(const std::string& etag) {
    Reply reply;
    reply.status = 304;
    add_headers(reply, etag);
    return reply;
}

Reply download_reply(api::Download download) {
    Reply reply;
    const bool part = download.offset != 0 || download.length != download.size;
    reply.status = part ? 206 : 200;
    reply.headers.emplace_back("Content-Type", api::kBytesMediaType);
    add_headers(reply, download.etag);
    if (part) {
        reply.headers.emplace_back("Content-Range",
                                   "bytes " + std::to_string(download.offset) + "-" +
                                       std::to_string(download.offset + download.length - 1) + "/" +
                                       std::to_string(download.size));
    }
    reply.length = download.length;
    reply.stream = std::move(download.body);
    return reply;
}

// HEAD, or a request for what the asker has: nothing is read. `peek` gives the resource without its
// bytes, `open` a range of it.
template <class Peek, class Open>
Reply answer_download(Exchange& exchange, Peek peek, Open open) {
    const std::string_view has = exchange.header("if-none-match");
    if (exchange.is_head() || !has.empty()) {
        api::Download known = peek();
        if (api::none_match_names(has, known.etag)) return not_modified(known.etag);
        if (exchange.is_head()) return download_reply(std::move(known));
    }
    std::optional<api::ByteRange> range = api::parse_range(exchange.header("range"));
    // If-Range: the range counts only for the resource that the asker has the beginning of.
    const std::string_view beginning = exchange.header("if-range");
    if (range && !beginning.empty() && peek().etag != beginning) range.reset();
    try {
        return download_reply(open(range));
    } catch (const base::Error& error) {
        if (error.code() == "range") {
            exchange.add_refusal_header("Content-Range", "bytes */" + std::to_string(peek().size));
        }
        throw;
    }
}

Reply document(Exchange& exchange) {
    const api::PayloadTarget target = read_target(exchange);
    const api::ViewAs as = view_of(exchange);
    return answer_download(
        exchange, [&] { return exchange.service().peek_document(exchange.session(), target, as); },
        [&](const auto& range) {
            return exchange.service().document(exchange.session(), target, as, range);
        });
}

Reply bundle(Exchange& exchange) {
    const auto dossier = id_parameter<api::DossierId>(exchange, 0);
    const auto id = id_parameter<api::BundleId>(exchange, 1);
    return answer_download(
        exchange, [&] { return exchange.service().peek_bundle(exchange.session(), dossier, id); },
        [&](const auto& range) {
            return exchange.service().bundle(exchange.session(), dossier, id, range);
        });
}

void admit_payloads(Exchange& exchange) {
    exchange.service().require_uploader(exchange.session(),
                                        id_parameter<api::DossierId>(exchange, 0));
}

Reply put_payloads(Exchange& exchange) {
    exchange.service().put_payloads(exchange.session(), id_parameter<api::DossierId>(exchange, 0),
                                    api::parse_payloads(exchange.body()));
    return {};
}

std::unique_ptr<api::Upload> open_payload(Exchange& exchange, std::uint64_t size) {
    return exchange.service().put_payload(exchange.session(),
                                          target_of(exchange, exchange.parameter(2)), size);
}

std::unique_ptr<api::Upload> open_member(Exchange& exchange, std::uint64_t size) {
    const auto member = api::member_named(exchange.parameter(2));
    if (!member) throw unknown();
    return exchange.service().put_member(exchange.session(),
                                         id_parameter<api::DossierId>(exchange, 0),
                                         id_parameter<api::BundleId>(exchange, 1), *member, size);
}

Reply uploaded(Exchange&) {
    return {};
}

}  // namespace

std::vector<Handler> document_handlers() {
    using api::Endpoint;
    constexpr auto bytes = api::kBytesMediaType;
    return {
        {Endpoint::put_payloads,
         bytes,
         api::kPayloadsLimit,
         {},
         nullptr,
         put_payloads,
         admit_payloads},
        {Endpoint::put_payload, bytes, 0, {}, open_payload, uploaded},
        {Endpoint::document, "", 0, {"as", "role"}, nullptr, document, nullptr, true},
        {Endpoint::put_member, bytes, 0, {}, open_member, uploaded},
        {Endpoint::bundle, "", 0, {}, nullptr, bundle, nullptr, true},
    };
}

}  // namespace kluis::server
