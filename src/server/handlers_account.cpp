#include "handlers.hpp"

#include <api/wire.hpp>
#include <server/refusal.hpp>

namespace kluis::server {

namespace {

constexpr std::size_t kSmall = 64 * 1024;

Reply status(Exchange& exchange) {
    return json_reply(api::to_json(exchange.service().status()));
}

Reply challenge(Exchange& exchange) {
    return json_reply(api::challenge_json(exchange.service().challenge()));
}

Reply register_account(Exchange& exchange) {
    exchange.service().register_account(api::parse_register_request(body_json(exchange)));
    return {};
}

Reply login(Exchange& exchange) {
    const auto envelope = statement::parse_envelope(body_json(exchange));
    return json_reply(api::to_json(exchange.service().login(envelope)));
}

Reply logout(Exchange& exchange) {
    exchange.service().logout(exchange.session());
    return {};
}

Reply account(Exchange& exchange) {
    return json_reply(api::to_json(exchange.service().account(exchange.session())));
}

Reply replace_credentials(Exchange& exchange) {
    exchange.service().replace_credentials(exchange.session(),
                                           api::parse_credentials_request(body_json(exchange)));
    return {};
}

Reply keyring(Exchange& exchange) {
    const api::KeyringReply keyring = exchange.service().keyring(exchange.session());
    Reply reply;
    reply.status = 200;
    reply.headers.emplace_back("Content-Type", api::kBytesMediaType);
    reply.headers.emplace_back("ETag", api::revision_tag(keyring.revision));
    reply.body = base::to_string(keyring.sealed);
    return reply;
}

void admit_account(Exchange& exchange) {
    exchange.service().require_account(exchange.session());
}

Reply put_keyring(Exchange& exchange) {
    const auto replaces = api::parse_revision_tag(exchange.header("if-match"));
    if (!replaces) throw refusal("revision-needed");
    const std::uint64_t revision =
        exchange.service().put_keyring(exchange.session(), *replaces, exchange.body());
    Reply reply;
    reply.headers.emplace_back("ETag", api::revision_tag(revision));
    return reply;
}

Reply invite(Exchange& exchange) {
    exchange.service().invite(exchange.session(), api::parse_invite(body_json(exchange)));
    return {};
}

Reply card(Exchange& exchange) {
    const auto fingerprint = id_parameter<api::Fingerprint>(exchange, 0);
    return json_reply(statement::to_json(exchange.service().card(exchange.session(), fingerprint)));
}

}  // namespace

std::vector<Handler> account_handlers() {
    using api::Endpoint;
    constexpr auto json = api::kJsonMediaType;
    return {
        {Endpoint::status, "", 0, {}, nullptr, status},
        {Endpoint::challenge, "", 0, {}, nullptr, challenge},
        {Endpoint::register_account, json, kSmall, {}, nullptr, register_account},
        {Endpoint::login, json, kSmall, {}, nullptr, login},
        {Endpoint::logout, "", 0, {}, nullptr, logout},
        {Endpoint::account, "", 0, {}, nullptr, account},
        {Endpoint::replace_credentials, json, kSmall, {}, nullptr, replace_credentials},
        {Endpoint::keyring, "", 0, {}, nullptr, keyring},
        {Endpoint::put_keyring,
         api::kBytesMediaType,
         api::kKeyringLimit,
         {},
         nullptr,
         put_keyring,
         admit_account},
        {Endpoint::invite, json, kSmall, {}, nullptr, invite},
        {Endpoint::card, "", 0, {}, nullptr, card},
    };
}

}  // namespace kluis::server
