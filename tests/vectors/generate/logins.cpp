// Logins, and replacements of login key and sealed secret. A case of a login has `key`, which must
// have signed it; one of credentials has `card`, and `current` where there were credentials before.
#include "vectors.hpp"

#include <kluis/statement/login.hpp>

#include <support/person.hpp>

namespace kluis::generate {

using base::Json;
using namespace statement;
using test::Person;
using test::value_of;

namespace {

constexpr const char* kTopic = "logins";
constexpr base::Time kTime{1'800'000'000};

std::string text_of(const Envelope& envelope) {
    return base::canonical_json(to_json(envelope), base::JsonText::utf8);
}

const Person& login_key() {
    static const Person person("login key");
    return person;
}
const Person& person() {
    static const Person person("N.");
    return person;
}

Login by_handle(const std::string& origin) {
    return {origin, value_of<Challenge>("challenge"), Handle{"abandon-zoo-legal-winner"}};
}

void add_login(Vectors& vectors, const std::string& name, const std::string& comment,
               const std::string& expect, const Envelope& envelope, const Person& key) {
    vectors.add(kTopic, name, comment, expect,
                {{"kind", "login"},
                 {"envelope", text_of(envelope)},
                 {"key", base::base64_encode(key.card().signing)}});
}

// The login by handle with one member changed or, without a value, left out; signed as it is.
Envelope changed(const std::string& member, const std::optional<Json>& value) {
    const Envelope good = sign_login(by_handle("https://vault.example"), login_key().signer());
    Json::Object members =
        base::parse_canonical_json(good.payload, base::JsonText::ascii, "a login").object("login");
    members.erase(member);
    if (value) members[member] = *value;
    return sign(kLoginType, base::to_bytes(base::canonical_json(members, base::JsonText::utf8)),
                login_key().signer(), good.key_id);
}

void add_logins_by_name(Vectors& vectors) {
    const Envelope good = sign_login(by_handle("https://vault.example"), login_key().signer());
    add_login(vectors, "by-handle", "signed by the login key", "accept", good, login_key());
    add_login(vectors, "by-fingerprint", "signed by the card's key", "accept",
              sign_login({"http://127.0.0.1:8443", value_of<Challenge>("challenge"),
                          person().fingerprint()},
                         person().signer()),
              person());
    add_login(vectors, "by-another-key", "signed by another key", "forged", good, person());
    Envelope other = sign(kStatementType, good.payload, login_key().signer(), good.key_id);
    add_login(vectors, "of-another-type", "signed as a statement", "malformed", other, login_key());
    other.payload_type = kLoginType;
    add_login(vectors, "relabelled", "signed as a statement, offered as a login", "forged", other,
              login_key());
    other = good;
    other.key_id = to_text(person().fingerprint());
    add_login(vectors, "other-key-id", "the key id is not who logs in", "malformed", other,
              login_key());
    const auto malformed = [&](const std::string& name, const std::string& comment,
                               const std::string& member, const std::optional<Json>& value) {
        add_login(vectors, name, comment, "malformed", changed(member, value), login_key());
    };
    malformed("of-nobody", "neither handle nor fingerprint", "handle", std::nullopt);
    malformed("of-both", "both handle and fingerprint", "fingerprint",
              to_text(person().fingerprint()));
    malformed("without-challenge", "no challenge", "challenge", std::nullopt);
    malformed("short-challenge", "a challenge of 31 bytes", "challenge",
              base::base64_encode(base::Bytes(31)));
    malformed("unknown-member", "a member that does not belong there", "kdf", "weaker");
    malformed("handle-of-three-words", "a handle is four words", "handle", "abandon-zoo-legal");
    malformed("handle-in-upper-case", "a handle is in lower case", "handle",
              "Abandon-zoo-legal-winner");
    malformed("handle-of-unknown-word", "a word that is not in the list", "handle",
              "abandon-zoo-legal-kluis");
}

void add_origins(Vectors& vectors) {
    const std::pair<const char*, const char*> good[] = {
        {"localhost", "http://localhost"},
        {"port", "https://vault.example:8443"},
        {"ipv6", "http://[::1]:8080"},
        {"onion", "http://abcdefghijklmnop.onion"},
        {"punycode", "https://xn--bewijs-kluis-123.example"},
        {"others-default-port", "https://vault.example:80"}};
    for (const auto& [name, origin] : good)
        add_login(vectors, std::string("origin-") + name, origin, "accept",
                  sign_login(by_handle(origin), login_key().signer()), login_key());
    const std::pair<const char*, const char*> bad[] = {
        {"with-path", "https://vault.example/"},
        {"default-port", "https://vault.example:443"},
        {"port-of-0", "https://vault.example:0"},
        {"port-with-zero", "https://vault.example:08443"},
        {"port-too-large", "https://vault.example:65536"},
        {"host-in-upper-case", "https://Vault.example"},
        {"scheme-in-upper-case", "HTTPS://vault.example"},
        {"other-scheme", "ftp://vault.example"},
        {"without-scheme", "vault.example"},
        {"without-host", "https://"},
        {"with-user", "https://user@vault.example"},
        {"with-query", "https://vault.example?a"},
        {"with-fragment", "https://vault.example#a"},
        {"trailing-dot", "https://vault.example."},
        {"empty-label", "https://vault..example"},
        {"label-with-hyphen-end", "https://vault-.example"},
        {"underscore", "https://my_vault.example"},
        {"ipv4-cut", "https://127.1"},
        {"ipv4-octal", "https://127.0.0.01"},
        {"ipv6-long", "https://[0:0:0:0:0:0:0:1]"},
        {"ipv6-mapped", "https://[::ffff:1.2.3.4]"},
        {"opaque", "null"},
        {"not-ascii", "https://m\xc3\xbcnchen.example"}};
    for (const auto& [name, origin] : bad)
        add_login(vectors, std::string("origin-") + name, origin, "malformed",
                  changed("origin", origin), login_key());
}

Credentials first() {
    return {person().fingerprint(),
            Handle{"abandon-zoo-legal-winner"},
            login_key().card().signing,
            value_of<Digest>("sealed secret"),
            kTime,
            std::nullopt};
}

Credentials second() {
    Credentials credentials = first();
    credentials.login = Person("new login key").card().signing;
    credentials.secret = value_of<Digest>("new sealed secret");
    credentials.time = kTime + std::chrono::seconds(60);
    credentials.previous = payload_hash(sign_credentials(first(), person().signer()));
    return credentials;
}

void add_credentials_case(Vectors& vectors, const std::string& name, const std::string& comment,
                          const std::string& expect, const Envelope& next, bool with_current) {
    Json::Object members{
        {"kind", "credentials"}, {"envelope", text_of(next)}, {"card", to_json(person().card())}};
    if (with_current) {
        members["current"] = text_of(sign_credentials(first(), person().signer()));
    }
    vectors.add(kTopic, "credentials-" + name, comment, expect, std::move(members));
}

void add_credentials(Vectors& vectors) {
    const auto next = [&](const std::string& name, const std::string& comment,
                          const std::string& expect, const Credentials& credentials,
                          const Person& signer) {
        add_credentials_case(vectors, name, comment, expect,
                             sign_credentials(credentials, signer.signer()), true);
    };
    add_credentials_case(vectors, "first", "the first of an account", "accept",
                         sign_credentials(first(), person().signer()), false);
    add_credentials_case(vectors, "first-with-previous", "the first names others before it",
                         "forged", sign_credentials(second(), person().signer()), false);
    next("second", "a replacement by the card", "accept", second(), person());
    next("by-another", "signed by another card", "forged", second(), Person("the server"));
    next("not-after", "names nothing before it", "forged", first(), person());
    Credentials other = second();
    other.previous = value_of<Digest>("others");
    next("after-others", "names others before it", "forged", other, person());
    other = second();
    other.time = kTime;
    next("same-second", "of the same second", "accept", other, person());
    other.time = kTime - std::chrono::seconds(1);
    next("older", "earlier than those before it", "forged", other, person());
    other = second();
    other.handle.text = "zoo-zoo-zoo-zoo";
    next("other-handle", "for another handle", "forged", other, person());
    other = second();
    other.fingerprint = Person("M.").fingerprint();
    next("other-card", "about another card", "forged", other, person());
    Envelope envelope = sign_credentials(second(), person().signer());
    envelope.key_id = to_text(Person("M.").fingerprint());
    add_credentials_case(vectors, "other-key-id", "the key id is not the card's", "malformed",
                         envelope, true);
}

}  // namespace

void add_logins(Vectors& vectors) {
    add_logins_by_name(vectors);
    add_origins(vectors);
    add_credentials(vectors);
}

}  // namespace kluis::generate
