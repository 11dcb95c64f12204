// The vectors that both clients pass: cards, statements, logins.
#include <kluis/statement/login.hpp>
#include <kluis/statement/statement.hpp>

#include <doctest/doctest.h>
#include <support/refusal.hpp>
#include <support/vectors.hpp>

#include <functional>

using namespace kluis;
using namespace kluis::statement;
using test::Vector;

namespace {

// "accept", or the kind of the refusal.
std::string outcome(const std::function<void()>& check) {
    const auto error = test::refusal([&] {
        check();
        return true;
    });
    return error ? base::name(error->kind()) : "accept";
}

void require_signed(const Envelope& envelope, std::string_view type,
                    const crypto::Ed25519Public& key) {
    if (!verify(envelope, type, key)) throw base::Error(base::ErrorKind::forged, "not signed");
}

crypto::Ed25519Public key_of(const Vector& vector, std::string_view member) {
    return base::from_base64<crypto::Ed25519Public>(vector.text(member), member);
}

Envelope envelope_of(const Vector& vector, std::string_view member) {
    return parse_envelope(base::as_bytes(vector.text(member)));
}

void check_credentials_of(const Vector& vector) {
    const auto& members = vector.json.object("a vector");
    const Card card = parse_card(members.at("card"));
    std::optional<Envelope> current;
    if (members.contains("current")) current = envelope_of(vector, "current");
    check_credentials(envelope_of(vector, "envelope"), card, current ? &*current : nullptr);
}

void check_login_of(const Vector& vector) {
    const Envelope envelope = envelope_of(vector, "envelope");
    const Login login = parse_login(envelope);
    require_signed(envelope, kLoginType, key_of(vector, "key"));
    CHECK(is_origin(login.origin));
}

}  // namespace

TEST_CASE("cards are accepted and refused as the vectors say") {
    for (const Vector& vector : test::vectors("cards")) {
        CAPTURE(vector.name);
        std::optional<Card> card;
        CHECK(outcome([&] { card = parse_card_text(vector.text("text")); }) ==
              vector.text("expect"));
        if (!card) continue;
        CHECK(to_text(fingerprint(*card)) == vector.text("fingerprint"));
        CHECK(base::hex_encode(card->recipient) == vector.text("recipient"));
        CHECK(base::hex_encode(card->signing) == vector.text("signing"));
        CHECK(vector.text("text").find(card_text(*card)) != std::string::npos);
    }
}

TEST_CASE("statements are accepted and refused as the vectors say") {
    for (const Vector& vector : test::vectors("statements")) {
        CAPTURE(vector.name);
        std::optional<Signed> statement;
        const auto check = [&] {
            const Envelope envelope = envelope_of(vector, "envelope");
            Signed parsed = parse_signed(envelope);
            require_signed(envelope, kStatementType, key_of(vector, "signing"));
            statement = std::move(parsed);
        };
        CHECK(outcome(check) == vector.text("expect"));
        if (!statement) continue;
        CHECK(base::as_text(encode(statement->statement)) == vector.text("payload"));
        CHECK(base::as_text(encode(statement->envelope)) == vector.text("envelope"));
        CHECK(base::hex_encode(statement->hash) == vector.text("hash"));
        CHECK(base::hex_encode(log_entry(statement->envelope)) == vector.text("entry"));
    }
}

TEST_CASE("logins and credentials are accepted and refused as the vectors say") {
    for (const Vector& vector : test::vectors("logins")) {
        CAPTURE(vector.name);
        const bool is_login = vector.text("kind") == "login";
        CHECK(outcome([&] { is_login ? check_login_of(vector) : check_credentials_of(vector); }) ==
              vector.text("expect"));
    }
}
