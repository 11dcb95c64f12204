#include "fixture.hpp"
#include "support/refusal.hpp"

#include <api/wire.hpp>
#include <doctest/doctest.h>

#include <functional>
#include <set>

using namespace kluis;
using base::ErrorKind;
using base::Json;
using test::Person;

namespace {

// Every JSON that `json` becomes when one member, at any depth of objects, is taken out.
void for_each_lack(const Json& json, const std::function<void(const Json&)>& visit) {
    for (const auto& [name, value] : json.object("json")) {
        Json::Object without = json.object("json");
        without.erase(name);
        visit(without);
    }
}

template <class Parse>
void check_strict(const Json& json, Parse parse, const std::set<std::string>& optional = {}) {
    for_each_lack(json, [&](const Json& without) {
        for (const auto& [name, value] : json.object("json")) {
            if (without.object("json").contains(name) || optional.contains(name)) continue;
            INFO(name);
            CHECK(test::refuses(ErrorKind::malformed, [&] { return parse(without); }));
        }
    });
    Json more = json;
    more["surplus"] = "x";
    CHECK(test::refuses(ErrorKind::malformed, [&] { return parse(more); }));
    CHECK(test::refuses(ErrorKind::malformed, [&] { return parse(Json("text")); }));
}

template <class Value, class Parse>
void check_round_trip(const Value& value, Parse parse, const std::set<std::string>& optional = {}) {
    const Json json = api::to_json(value);
    CHECK(api::to_json(parse(json)) == json);
    if (std::holds_alternative<Json::Object>(json.variant())) check_strict(json, parse, optional);
}

api::AccountReply some_account(const Person& person) {
    return {person.card, statement::random_handle(), base::Bytes(72, 7),
            test::some_envelope(person), 3};
}

}  // namespace

TEST_CASE("each request and reply comes back from its JSON, and no other form does") {
    const Person person;
    check_round_trip(api::Status{"https://kluis.example", {1'700'000'000}, 0}, api::parse_status);
    check_round_trip(api::RegisterRequest{crypto::random_secret<api::InvitationCode>(), person.card,
                                          test::some_envelope(person), base::Bytes(72, 7)},
                     api::parse_register_request);
    check_round_trip(some_account(person), api::parse_account_reply);
    check_round_trip(api::LoginReply{crypto::random_secret<api::SessionToken>(),
                                     {1'700'000'000},
                                     person.fingerprint,
                                     some_account(person)},
                     api::parse_login_reply, {"account"});
    check_round_trip(api::CredentialsRequest{test::some_envelope(person), base::Bytes(72, 7)},
                     api::parse_credentials_request);
    check_round_trip(api::SubmitReply{crypto::random_value<api::Digest>()},
                     api::parse_submit_reply);
    check_round_trip(api::InviteRequest{crypto::random_secret<api::InvitationCode>(), 3},
                     api::parse_invite);
    check_round_trip(std::vector<api::DossierReply>{{crypto::random_value<api::DossierId>(),
                                                     crypto::random_value<api::Digest>(),
                                                     9,
                                                     {api::ViewAs::owner, api::ViewAs::grantee}}},
                     api::parse_dossiers_reply);
    check_round_trip(
        std::vector<api::Submission>{
            {test::some_envelope(person), {}},
            {test::some_envelope(person),
             {{crypto::random_value<api::DocumentId>(), base::Bytes(200, 1)}}}},
        api::parse_submissions);
}

TEST_CASE("a login without an account has none in its reply") {
    const api::LoginReply reply{crypto::random_secret<api::SessionToken>(),
                                {1'700'000'000},
                                crypto::random_value<api::Fingerprint>(),
                                std::nullopt};
    CHECK_FALSE(api::parse_login_reply(api::to_json(reply)).account);
}

TEST_CASE("what is too long or too many is refused") {
    const Person person;
    CHECK(test::refuses(ErrorKind::malformed, [&] {
        return api::parse_credentials_request(api::to_json(api::CredentialsRequest{
            test::some_envelope(person), base::Bytes(api::kSealedSecretLimit + 1)}));
    }));
    CHECK(test::refuses(ErrorKind::malformed, [&] {
        return api::parse_submissions(api::to_json(
            std::vector<api::Submission>(api::kRunLimit + 1, {test::some_envelope(person), {}})));
    }));
    CHECK(test::refuses(ErrorKind::malformed, [&] {
        return api::parse_submissions(api::to_json(std::vector<api::Submission>{
            {test::some_envelope(person),
             {{crypto::random_value<api::DocumentId>(), base::Bytes(api::kHeaderLimit + 1)}}}}));
    }));
}

TEST_CASE("an empty run is refused") {
    CHECK(test::refuses(ErrorKind::malformed, [] {
        return api::parse_submissions(Json{{"statements", Json::Array{}}});
    }));
}

TEST_CASE("a dossier's head and length are told to those who may know of them, and no others") {
    const auto with = [](Json::Array as, std::vector<std::string> members) {
        Json dossier{{"as", std::move(as)}, {"id", std::string(32, 'a')}};
        for (const std::string& member : members) {
            dossier[member] =
                member == "head" ? Json(std::string(64, '0')) : Json(std::uint64_t{1});
        }
        return test::refuses(ErrorKind::malformed, [&] {
            return api::parse_dossiers_reply(Json{{"dossiers", Json::Array{dossier}}});
        });
    };
    CHECK_FALSE(with({"owner", "grantee"}, {"head", "length"}));
    CHECK_FALSE(with({"depositor", "grantee"}, {"head"}));
    CHECK_FALSE(with({"grantee"}, {}));
    CHECK(with({"owner"}, {"head"}));
    CHECK(with({"depositor"}, {"head", "length"}));
    CHECK(with({"grantee"}, {"head"}));
    CHECK(with({"grantee"}, {"length"}));
}

TEST_CASE("views that are not a set are refused") {
    for (const Json::Array& as : {Json::Array{}, Json::Array{"grantee", "owner"},
                                  Json::Array{"owner", "owner"}, Json::Array{"reader"}}) {
        const Json dossier{{"as", as},
                           {"head", std::string(64, '0')},
                           {"id", std::string(32, 'a')},
                           {"length", std::uint64_t{1}}};
        CHECK(test::refuses(ErrorKind::malformed, [&] {
            return api::parse_dossiers_reply(Json{{"dossiers", Json::Array{dossier}}});
        }));
    }
}

TEST_CASE("a status that names no origin is refused") {
    CHECK(test::refuses(ErrorKind::malformed, [] {
        return api::parse_status(Json{{"format", std::uint64_t{0}},
                                      {"now", "2026-01-01T00:00:00Z"},
                                      {"origin", "https://kluis.example/path"}});
    }));
}

TEST_CASE("names of views and members are found again, and no others") {
    for (const auto as : {api::ViewAs::owner, api::ViewAs::depositor, api::ViewAs::grantee}) {
        CHECK(api::view_named(api::name(as)) == as);
    }
    for (const auto member :
         {api::Member::case_key, api::Member::manifest, api::Member::seal, api::Member::readers}) {
        CHECK(api::member_named(api::name(member)) == member);
    }
    CHECK_FALSE(api::view_named("Owner"));
    CHECK_FALSE(api::member_named("case.age"));
}
