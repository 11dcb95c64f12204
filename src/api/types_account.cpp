#include "json_parts.hpp"

namespace kluis::api {

Json to_json(const Status& status) {
    return Json{
        {"format", status.format}, {"now", base::to_string(status.now)}, {"origin", status.origin}};
}

Status parse_status(const Json& json) {
    base::JsonMembers members(json, "status");
    Status status;
    status.format = members.integer("format");
    status.now = base::parse_time(members.string("now"), "now");
    status.origin = members.string("origin");
    members.finish();
    if (!statement::is_origin(status.origin)) throw malformed("the origin is none");
    return status;
}

Json to_json(const RegisterRequest& request) {
    return Json{{"card", statement::to_json(request.card)},
                {"credentials", statement::to_json(request.credentials)},
                {"invitation", base::base32_encode(request.invitation.view())},
                {"secret", base::base64_encode(request.sealed_secret)}};
}

RegisterRequest parse_register_request(const Json& json) {
    base::JsonMembers members(json, "registration");
    RegisterRequest request{InvitationCode::copy_of(base::base32_decode(
                                members.string("invitation"), "invitation code")),
                            statement::parse_card(members.required("card")),
                            statement::parse_envelope(members.required("credentials")),
                            parse_sealed_secret(members)};
    members.finish();
    return request;
}

Json to_json(const AccountReply& account) {
    return Json{{"card", statement::to_json(account.card)},
                {"credentials", statement::to_json(account.credentials)},
                {"handle", account.handle.text},
                {"may_invite", account.may_invite},
                {"secret", base::base64_encode(account.sealed_secret)}};
}

AccountReply parse_account_reply(const Json& json) {
    base::JsonMembers members(json, "account");
    AccountReply account{
        statement::parse_card(members.required("card")),
        statement::parse_handle(members.string("handle")), parse_sealed_secret(members),
        statement::parse_envelope(members.required("credentials")), members.integer("may_invite")};
    members.finish();
    return account;
}

Json to_json(const LoginReply& reply) {
    Json json{{"card", statement::to_text(reply.card)},
              {"expires", base::to_string(reply.expires)},
              {"token", base::base32_encode(reply.token.view())}};
    if (reply.account) json["account"] = to_json(*reply.account);
    return json;
}

LoginReply parse_login_reply(const Json& json) {
    base::JsonMembers members(json, "login");
    LoginReply reply{
        SessionToken::copy_of(base::base32_decode(members.string("token"), "session token")),
        base::parse_time(members.string("expires"), "expires"),
        statement::parse_id<Fingerprint>(members.string("card")), std::nullopt};
    if (const Json* account = members.optional("account")) {
        reply.account = parse_account_reply(*account);
    }
    members.finish();
    return reply;
}

Json to_json(const CredentialsRequest& request) {
    return Json{{"credentials", statement::to_json(request.credentials)},
                {"secret", base::base64_encode(request.sealed_secret)}};
}

CredentialsRequest parse_credentials_request(const Json& json) {
    base::JsonMembers members(json, "credentials");
    CredentialsRequest request{statement::parse_envelope(members.required("credentials")),
                               parse_sealed_secret(members)};
    members.finish();
    return request;
}

}  // namespace kluis::api
