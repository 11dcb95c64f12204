// Attack 3: the server offers another, cheaper way to derive keys from the passphrase. It is asked
// for none, and what it offers is refused or changes nothing.
#include "wire_scene.hpp"

#include <kluis/crypto/password.hpp>

#include <api/wire.hpp>
#include <doctest/doctest.h>

namespace kluis::test {

using base::ErrorKind;
using base::Json;

namespace {

struct Offer {
    std::string name;
    Json value;
};

// What servers of other systems send, or sent, to a client that is about to derive keys.
const std::vector<Offer>& offers() {
    static const std::vector<Offer> offers{
        {"kdf", "pbkdf2-sha256"},
        {"kdf", Json{{"algorithm", "argon2id"},
                     {"memory", std::uint64_t{8}},
                     {"passes", std::uint64_t{1}}}},
        {"kdfType", std::uint64_t{0}},
        {"kdfIterations", std::uint64_t{1}},
        {"iterations", std::uint64_t{1}},
        {"memory", std::uint64_t{8}},
        {"salt", base::base64_encode(base::Bytes(16))},
        {"format", std::uint64_t{99}},
        {"version", "0"},
        {"upgrade", true},
    };
    return offers;
}

// Where a reply has JSON objects that an offer may be put in.
struct Place {
    std::string request;
    std::vector<std::string> path;
    std::vector<std::string> asked;  // all that is asked then
};

const std::string kStatus = "GET /api/v1/status";
const std::string kChallenge = "POST /api/v1/challenges";
const std::string kLogin = "POST /api/v1/sessions";
const std::string kLogout = "DELETE /api/v1/sessions/current";
const std::string kKeyring = "GET /api/v1/account/keyring";

const std::vector<Place>& places() {
    static const std::vector<Place> places{
        {kChallenge, {}, {kChallenge}},
        {kLogin, {}, {kChallenge, kLogin}},
        {kLogin, {"account"}, {kChallenge, kLogin}},
        {kLogin, {"account", "card"}, {kChallenge, kLogin}},
        {kLogin, {"account", "credentials"}, {kChallenge, kLogin}},
        {kStatus, {}, {kChallenge, kLogin, kStatus, kLogout}},
    };
    return places;
}

account::Passphrase passphrase() {
    return account::Passphrase::parse(crypto::SecretBuffer::copy_of(
        base::as_bytes("abandon ability able about above absent absorb")));
}

// The login key that the format fixes, derived here from nothing but passphrase and handle.
crypto::Ed25519Signer login_key(const statement::Handle& handle) {
    const auto salt = crypto::sha256(base::as_bytes("bewijskluis.org/v1/salt" + handle.text));
    const auto output = crypto::argon2id(passphrase().text().view(), salt.view().first(16));
    return crypto::Ed25519Signer(crypto::Ed25519Seed::copy_of(output.view().first(32)));
}

// An account that was made through the server in between.
class AccountScene : public WireScene {
  public:
    AccountScene() {
        client::create_account(environment("owner"), proxy.origin(), vault.invitation(),
                               passphrase());
        handle = environment("owner").home.account()->handle;
        proxy.forget();
    }

    client::Client open() { return client::Client::open(environment("owner"), passphrase()); }

    // All logins that were sent are signed by the one login key.
    bool logs_in_as_ever() const {
        std::size_t logins = 0;
        for (const auto& request : proxy.requests()) {
            if (request.line != kLogin) continue;
            const auto envelope = statement::parse_envelope(
                base::parse_json(base::as_bytes(request.body), "a login"));
            if (!statement::verify(envelope, statement::kLoginType,
                                   login_key(handle).public_key())) {
                return false;
            }
            ++logins;
        }
        return logins > 0;
    }

    statement::Handle handle;
};

}  // namespace

TEST_CASE("a registration asks for no parameter, and its login key is the one that is fixed") {
    WireScene scene;
    // Whatever the server says beside what it is asked for, here in headers, is not looked at.
    scene.proxy.alter = [](const WireRequest&, HttpReply& reply) {
        reply.headers["x-kdf"] = "pbkdf2; iterations=1";
        reply.headers["www-authenticate"] = "SCRAM-SHA-256 s=AAAA,i=1";
        reply.headers["set-cookie"] = "kdf=none";
    };
    client::create_account(scene.environment("owner"), scene.proxy.origin(),
                           scene.vault.invitation(), passphrase());
    const auto requests = scene.proxy.requests();
    REQUIRE(requests.size() > 2);
    CHECK(requests[0].line == kStatus);
    CHECK(requests[1].line == "POST /api/v1/accounts");
    const auto request = api::parse_register_request(
        base::parse_json(base::as_bytes(requests[1].body), "a registration"));
    const auto credentials = statement::parse_credentials(request.credentials);
    CHECK(credentials.login == login_key(credentials.handle).public_key());
    for (const auto& each : requests)
        CHECK(each.line.find("kdf") == each.line.npos);
}

TEST_CASE("an offer in any reply is refused, and what is asked then does not depend on it") {
    AccountScene scene;
    for (const Place& place : places()) {
        for (const Offer& offer : offers()) {
            CAPTURE(place.request);
            CAPTURE(offer.name);
            // The status has a `format` of its own, and replacing it is attack 4.
            if (place.request == kStatus && offer.name == "format") continue;
            scene.proxy.alter = [&](const WireRequest& request, HttpReply& reply) {
                if (request.line == place.request) {
                    reply.body = with_member(reply.body, place.path, offer.name, offer.value);
                }
            };
            scene.proxy.forget();
            CHECK(refuses(ErrorKind::malformed, [&] { return scene.open(); }));
            CHECK(scene.proxy.lines() == place.asked);
            if (place.request != kChallenge) CHECK(scene.logs_in_as_ever());
        }
    }
    scene.proxy.alter = nullptr;
    scene.proxy.forget();
    scene.open();
    CHECK(scene.logs_in_as_ever());
}

TEST_CASE("an offer in the headers of every reply changes no key") {
    AccountScene scene;
    scene.proxy.alter = [](const WireRequest&, HttpReply& reply) {
        reply.headers["x-kdf"] = "pbkdf2; iterations=1";
        reply.headers["x-kdf-salt"] = "AAAAAAAAAAAAAAAAAAAAAA==";
        reply.headers["www-authenticate"] = "SCRAM-SHA-256 s=AAAA,i=1";
    };
    scene.open();
    CHECK(scene.logs_in_as_ever());
    CHECK(scene.proxy.lines() ==
          std::vector<std::string>{kChallenge, kLogin, kStatus, kKeyring, kLogout});
}

TEST_CASE("an offer in a refusal changes neither what is said nor what is sent") {
    AccountScene scene;
    const auto refused_with = [&](const std::string& more) {
        scene.proxy.alter = [&, more](const WireRequest& request, HttpReply& reply) {
            if (request.line != kLogin) return;
            reply.status = 426;
            reply.headers["content-type"] = "application/problem+json";
            reply.body = R"({"status":426,"title":"Upgrade","type":"about:blank")" + more + "}";
        };
        scene.proxy.forget();
        const auto error = refusal([&] { return scene.open(); });
        REQUIRE(error);
        CHECK(scene.logs_in_as_ever());
        return std::make_tuple(error->kind(), std::string(error->what()), scene.proxy.lines());
    };
    const auto plain = refused_with("");
    CHECK(std::get<2>(plain) == std::vector<std::string>{kChallenge, kLogin});
    CHECK(refused_with(R"(,"kdf":"pbkdf2","iterations":1)") == plain);
    CHECK(refused_with(R"(,"kdf":{"memory":8},"salt":"AAAA")") == plain);
}

TEST_CASE("a login that is said to be refused leads to the card's login, never to a cheaper key") {
    AccountScene scene;
    int logins = 0;
    scene.proxy.alter = [&](const WireRequest& request, HttpReply& reply) {
        if (request.line != kLogin || ++logins > 1) return;
        reply.status = 401;
        reply.headers["content-type"] = "application/problem+json";
        reply.body = R"({"kdf":"pbkdf2","iterations":1,"status":401,"title":"Refused",)"
                     R"("type":"https://bewijskluis.org/problems/login-refused"})";
    };
    const auto card = scene.open().card();
    std::vector<statement::Envelope> sent;
    for (const auto& request : scene.proxy.requests()) {
        if (request.line == kLogin) {
            sent.push_back(statement::parse_envelope(
                base::parse_json(base::as_bytes(request.body), "a login")));
        }
    }
    REQUIRE(sent.size() == 2);
    CHECK(statement::verify(sent[0], statement::kLoginType, login_key(scene.handle).public_key()));
    CHECK(statement::verify(sent[1], statement::kLoginType, card.signing));
}

TEST_CASE("a new passphrase derives by the same cost and salt, whatever is offered") {
    AccountScene scene;
    const auto secret = scene.open().secret().duplicate();
    scene.proxy.alter = [](const WireRequest&, HttpReply& reply) {
        reply.headers["x-kdf"] = "pbkdf2; iterations=1";
    };
    scene.proxy.forget();
    client::recover_account(scene.environment("owner"), scene.proxy.origin(), secret.duplicate(),
                            passphrase());
    for (const auto& request : scene.proxy.requests()) {
        if (request.line != "PUT /api/v1/account/credentials") continue;
        const auto replaced = api::parse_credentials_request(
            base::parse_json(base::as_bytes(request.body), "credentials"));
        CHECK(statement::parse_credentials(replaced.credentials).login ==
              login_key(scene.handle).public_key());
        return;
    }
    FAIL("the passphrase was not replaced");
}

TEST_CASE("every reply that is JSON is refused with a member more") {
    const Person person("N");
    const auto envelope = statement::sign_credentials({person.fingerprint(),
                                                       {"abandon-zoo-legal-winner"},
                                                       person.signer().public_key(),
                                                       crypto::sha256(base::as_bytes("secret")),
                                                       base::Time{1'800'000'000},
                                                       std::nullopt},
                                                      person.signer());
    const api::AccountReply account{
        person.card(), {"abandon-zoo-legal-winner"}, base::Bytes(72, 1), envelope, 0};
    const auto digest = crypto::sha256(base::as_bytes("head"));
    const auto parsed = [](const auto& parse) {
        return [parse](const Json& json) { static_cast<void>(parse(json)); };
    };
    const std::vector<std::pair<Json, std::function<void(const Json&)>>> replies{
        {api::to_json(api::Status{kOrigin, base::Time{1'800'000'000}, 0}),
         parsed(api::parse_status)},
        {api::challenge_json({}), parsed(api::parse_challenge)},
        {api::to_json(account), parsed(api::parse_account_reply)},
        {api::to_json(api::SubmitReply{digest}), parsed(api::parse_submit_reply)},
        {api::to_json(std::vector<api::DossierReply>{}), parsed(api::parse_dossiers_reply)},
        {statement::to_json(person.card()), parsed(statement::parse_card)},
        {statement::to_json(envelope),
         [](const Json& json) { static_cast<void>(statement::parse_envelope(json)); }},
    };
    for (std::size_t i = 0; i < replies.size(); ++i) {
        CAPTURE(i);
        const auto& [json, parse] = replies[i];
        CHECK_NOTHROW(parse(json));
        for (const Offer& offer : offers()) {
            if (json.object("a reply").contains(offer.name)) continue;
            auto more = json;
            more[offer.name] = offer.value;
            CHECK(refuses(ErrorKind::malformed, [&] { return (parse(more), 0); }));
        }
    }
}

}  // namespace kluis::test
