#include <kluis/statement/login.hpp>

#include <doctest/doctest.h>
#include <support/person.hpp>
#include <support/refusal.hpp>

using namespace kluis;
using base::ErrorKind;
using statement::Credentials;
using test::Person;
using test::refuses;
using test::value_of;

namespace {

constexpr base::Time kMorning{1'800'000'000};

Credentials first(const Person& person) {
    return {person.fingerprint(),
            {"abandon-zoo-legal-winner"},
            Person("login").signer().public_key(),
            value_of<statement::Digest>("sealed secret"),
            kMorning,
            std::nullopt};
}

// What replaces `first`, as it must be.
Credentials second(const Person& person) {
    Credentials credentials = first(person);
    credentials.login = Person("new login").signer().public_key();
    credentials.time = kMorning + std::chrono::seconds(1);
    credentials.previous =
        statement::payload_hash(statement::sign_credentials(first(person), person.signer()));
    return credentials;
}

void check_second(const Person& person, const Credentials& credentials,
                  const crypto::Ed25519Signer& signer) {
    const auto current = statement::sign_credentials(first(person), person.signer());
    statement::check_credentials(statement::sign_credentials(credentials, signer), person.card(),
                                 &current);
}

bool second_refused(const Person& person, const Credentials& credentials,
                    const crypto::Ed25519Signer& signer) {
    return refuses(ErrorKind::forged, [&] {
        check_second(person, credentials, signer);
        return true;
    });
}

}  // namespace

TEST_CASE("credentials read again say the same") {
    const Person person("N.");
    const Credentials read =
        statement::parse_credentials(statement::sign_credentials(second(person), person.signer()));
    CHECK(read.fingerprint == person.fingerprint());
    CHECK(read.handle == second(person).handle);
    CHECK(read.login == second(person).login);
    CHECK(read.secret == second(person).secret);
    CHECK(read.time == second(person).time);
    CHECK(read.previous == second(person).previous);
}

TEST_CASE("first credentials and their replacement by the card are accepted") {
    const Person person("N.");
    const auto envelope = statement::sign_credentials(first(person), person.signer());
    CHECK_NOTHROW(statement::check_credentials(envelope, person.card(), nullptr));
    CHECK_NOTHROW(check_second(person, second(person), person.signer()));
}

TEST_CASE("credentials of the same second are accepted, of an earlier one refused") {
    const Person person("N.");
    Credentials changed = second(person);
    changed.time = kMorning;
    CHECK_NOTHROW(check_second(person, changed, person.signer()));
    changed.time = kMorning - std::chrono::seconds(1);
    CHECK(second_refused(person, changed, person.signer()));
}

TEST_CASE("a login key that the server set itself is refused") {
    const Person person("N.");
    CHECK(second_refused(person, second(person), Person("the server").signer()));
}

TEST_CASE("credentials for another card, another handle or after others are refused") {
    const Person person("N.");
    Credentials changed = second(person);
    changed.fingerprint = Person("M.").fingerprint();
    CHECK(second_refused(person, changed, person.signer()));
    changed = second(person);
    changed.handle.text = "zoo-zoo-zoo-zoo";
    CHECK(second_refused(person, changed, person.signer()));
    changed = second(person);
    changed.previous = value_of<statement::Digest>("others");
    CHECK(second_refused(person, changed, person.signer()));
    changed.previous.reset();
    CHECK(second_refused(person, changed, person.signer()));
}

TEST_CASE("first credentials that name others before them are refused") {
    const Person person("N.");
    const auto envelope = statement::sign_credentials(second(person), person.signer());
    CHECK(refuses(ErrorKind::forged, [&] {
        statement::check_credentials(envelope, person.card(), nullptr);
        return true;
    }));
}

TEST_CASE("credentials with another type, key id or member are refused") {
    const Person person("N.");
    auto envelope = statement::sign_credentials(first(person), person.signer());
    envelope.key_id = statement::to_text(Person("M.").fingerprint());
    CHECK(refuses(ErrorKind::malformed, [&] { return statement::parse_credentials(envelope); }));
    envelope = statement::sign_credentials(first(person), person.signer());
    envelope.payload_type = statement::kLoginType;
    CHECK(refuses(ErrorKind::malformed, [&] { return statement::parse_credentials(envelope); }));
    envelope = statement::sign_credentials(first(person), person.signer());
    base::Json json =
        base::parse_canonical_json(envelope.payload, base::JsonText::ascii, "credentials");
    json["kdf"] = "weaker";
    envelope.payload = base::to_bytes(base::canonical_json(json, base::JsonText::ascii));
    CHECK(refuses(ErrorKind::malformed, [&] { return statement::parse_credentials(envelope); }));
}
