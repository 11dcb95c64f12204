#include <kluis/statement/login.hpp>

#include <doctest/doctest.h>
#include <support/person.hpp>
#include <support/refusal.hpp>

#include <set>

using namespace kluis;
using base::ErrorKind;
using statement::Handle;
using statement::Login;
using test::Person;
using test::refuses;
using test::value_of;

namespace {

const Handle kHandle{"abandon-zoo-legal-winner"};

Login by_handle() {
    return {"https://vault.example", value_of<statement::Challenge>("challenge"), kHandle};
}

base::Bytes changed_payload(const statement::Envelope& envelope, const std::string& member,
                            const std::optional<std::string>& value) {
    base::Json::Object members =
        base::parse_canonical_json(envelope.payload, base::JsonText::ascii, "a login")
            .object("a login");
    members.erase(member);
    if (value) members[member] = *value;
    return base::to_bytes(base::canonical_json(members, base::JsonText::ascii));
}

}  // namespace

TEST_CASE("a login by handle is signed by the login key under the handle as key id") {
    const auto envelope = statement::sign_login(by_handle(), Person("login").signer());
    CHECK(envelope.key_id == kHandle.text);
    const Login login = statement::parse_login(envelope);
    CHECK(login.origin == "https://vault.example");
    CHECK(login.challenge == by_handle().challenge);
    CHECK(std::get<Handle>(login.who) == kHandle);
}

TEST_CASE("a login by card names the fingerprint") {
    const Person person("N.");
    const auto envelope = statement::sign_login(
        {"http://localhost:8443", value_of<statement::Challenge>("c"), person.fingerprint()},
        person.signer());
    CHECK(envelope.key_id == statement::to_text(person.fingerprint()));
    CHECK(std::get<statement::Fingerprint>(statement::parse_login(envelope).who) ==
          person.fingerprint());
}

TEST_CASE("a login that names both a handle and a card, or neither, is refused") {
    auto envelope = statement::sign_login(by_handle(), Person("login").signer());
    const auto whole = envelope.payload;
    envelope.payload =
        changed_payload(envelope, "fingerprint", statement::to_text(Person("N.").fingerprint()));
    CHECK(refuses(ErrorKind::malformed, [&] { return statement::parse_login(envelope); }));
    envelope.payload = whole;
    envelope.payload = changed_payload(envelope, "handle", std::nullopt);
    CHECK(refuses(ErrorKind::malformed, [&] { return statement::parse_login(envelope); }));
}

TEST_CASE("a login under another key id, of another type, or with a short challenge is refused") {
    auto envelope = statement::sign_login(by_handle(), Person("login").signer());
    envelope.key_id = "abandon-zoo-legal-legal";
    CHECK(refuses(ErrorKind::malformed, [&] { return statement::parse_login(envelope); }));
    envelope.key_id = kHandle.text;
    envelope.payload_type = statement::kStatementType;
    CHECK(refuses(ErrorKind::malformed, [&] { return statement::parse_login(envelope); }));
    envelope.payload_type = statement::kLoginType;
    envelope.payload = changed_payload(envelope, "challenge", base::base64_encode(base::Bytes(31)));
    CHECK(refuses(ErrorKind::malformed, [&] { return statement::parse_login(envelope); }));
}

TEST_CASE("a login to what is no origin is refused") {
    auto envelope = statement::sign_login(by_handle(), Person("login").signer());
    envelope.payload = changed_payload(envelope, "origin", "https://vault.example/");
    CHECK(refuses(ErrorKind::malformed, [&] { return statement::parse_login(envelope); }));
}

TEST_CASE("origins are taken in their one ASCII form") {
    for (const char* origin :
         {"https://vault.example", "http://localhost", "http://127.0.0.1:8443", "https://[::1]",
          "http://[2001:db8::1]:8080", "https://xn--mnchen-3ya.example:1", "https://a-b.c:65535",
          "http://x.onion", "https://vault.example:80", "http://vault.example:443",
          "https://3com"}) {
        CAPTURE(origin);
        CHECK(statement::is_origin(origin));
    }
    for (const char* other : {"",
                              "https://",
                              "vault.example",
                              "ftp://vault.example",
                              "HTTPS://vault.example",
                              "https://Vault.example",
                              "https://vault.example/",
                              "https://vault.example:443",
                              "http://vault.example:80",
                              "https://vault.example:0",
                              "https://vault.example:65536",
                              "https://vault.example:08",
                              "https://vault.example:",
                              "https://vault.example:8443x",
                              "https://user@vault.example",
                              "https://vault..example",
                              "https://vault.example.",
                              "https://.example",
                              "https://-a.example",
                              "https://a-.example",
                              "https://a_b.example",
                              "https://vault.example?x",
                              "https://vault.example#x",
                              "https://1.2.3",
                              "https://1.2.3.256",
                              "https://01.2.3.4",
                              "https://[::1",
                              "https://[::1]x",
                              "https://[0:0:0:0:0:0:0:1]",
                              "https://[::ffff:1.2.3.4]",
                              "https://[::G]",
                              "https://::1",
                              "null",
                              "https://m\xc3\xbcnchen.example"}) {
        CAPTURE(other);
        CHECK_FALSE(statement::is_origin(other));
    }
    CHECK_FALSE(statement::is_origin("https://" + std::string(64, 'a')));
    std::string long_name = "https://a";
    for (int i = 0; i < 150; ++i)
        long_name += ".a";
    CHECK_FALSE(statement::is_origin(long_name));
}

TEST_CASE("a handle is four words of the list joined by hyphens") {
    CHECK(statement::parse_handle(kHandle.text) == kHandle);
    for (const char* other :
         {"", "abandon", "abandon-zoo-legal", "abandon-zoo-legal-winner-zoo",
          "Abandon-zoo-legal-winner", "abandon zoo legal winner", "abandon-zoo-legal-winner-",
          "abandon--legal-winner", "abandon-zoo-legal-wijnner"}) {
        CAPTURE(other);
        CHECK(refuses(ErrorKind::malformed, [&] { return statement::parse_handle(other); }));
    }
}

TEST_CASE("random handles are well formed and differ") {
    std::set<std::string> seen;
    for (int i = 0; i < 100; ++i) {
        const Handle handle = statement::random_handle();
        CHECK(statement::parse_handle(handle.text) == handle);
        seen.insert(handle.text);
    }
    CHECK(seen.size() == 100);
}
