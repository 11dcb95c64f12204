#include <kluis/statement/card.hpp>

#include <doctest/doctest.h>
#include <support/person.hpp>
#include <support/refusal.hpp>

using namespace kluis;
using base::ErrorKind;
using base::Json;
using test::Person;
using test::refuses;

TEST_CASE("a fingerprint is the beginning of a labelled digest of both public keys") {
    const Person person("N.");
    base::Bytes input = base::to_bytes("bewijskluis.org/v1/card");
    base::append(input, person.card().recipient);
    base::append(input, person.card().signing);
    CHECK(base::equal(person.fingerprint(), crypto::sha256(input).view().first(20)));
}

TEST_CASE("a card read again is the same card") {
    const Person person("N.");
    CHECK(statement::parse_card(statement::to_json(person.card())) == person.card());
    CHECK(statement::recipient_text(person.card()).starts_with("age1"));
}

TEST_CASE("a card with a member too many or too few is refused") {
    Json json = statement::to_json(Person("N.").card());
    json["name"] = "N.";
    CHECK(refuses(ErrorKind::malformed, [&] { return statement::parse_card(json); }));
    CHECK(refuses(ErrorKind::malformed, [&] {
        return statement::parse_card(
            {{"signing", statement::to_json(Person("N.").card())["signing"]}});
    }));
}

TEST_CASE("a card whose recipient is in upper case is refused") {
    Json json = statement::to_json(Person("N.").card());
    std::string recipient = json["recipient"].string("recipient");
    for (char& c : recipient)
        c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    json["recipient"] = recipient;
    CHECK(refuses(ErrorKind::malformed, [&] { return statement::parse_card(json); }));
}

TEST_CASE("a card whose recipient gives an all-zero secret is refused") {
    Json json = statement::to_json(Person("N.").card());
    json["recipient"] = base::bech32_encode("age", crypto::X25519Public());
    CHECK(refuses(ErrorKind::malformed, [&] { return statement::parse_card(json); }));
}

TEST_CASE("a card's text gives the card again, also with white space around it") {
    const Person person("N.");
    const std::string text = statement::card_text(person.card());
    CHECK(text.find('\n') == std::string::npos);
    CHECK(statement::parse_card_text(text) == person.card());
    CHECK(statement::parse_card_text("\r\n " + text + "\n") == person.card());
}

TEST_CASE("a card's text with another card's fingerprint is taken for a forgery") {
    const Json forged{{"card", statement::to_json(Person("a stranger").card())},
                      {"fingerprint", statement::to_text(Person("the lawyer").fingerprint())},
                      {"type", "bewijskluis-card"}};
    const std::string text = base::canonical_json(forged, base::JsonText::ascii);
    CHECK(refuses(ErrorKind::forged, [&] { return statement::parse_card_text(text); }));
}

TEST_CASE("text that is no card's is refused") {
    const std::string text = statement::card_text(Person("N.").card());
    for (const std::string& other :
         {std::string(), std::string("{}"), text + text, text.substr(1), text.substr(0, 40),
          "{ " + text.substr(1), std::string(5000, 'x')}) {
        CAPTURE(other);
        CHECK(refuses(ErrorKind::malformed, [&] { return statement::parse_card_text(other); }));
    }
    std::string typed = text;
    typed.replace(typed.find("bewijskluis-card"), 16, "bewijskluis-kart");
    CHECK(refuses(ErrorKind::malformed, [&] { return statement::parse_card_text(typed); }));
}

TEST_CASE("sets are ordered by the text of their ids, where digits come before letters") {
    const auto a = statement::DocumentId();  // aaaa…
    std::array<std::uint8_t, 16> bytes{};
    bytes[0] = 0xd0;  // 2…
    const statement::DocumentId two(bytes);
    CHECK(statement::to_text(a).front() == 'a');
    CHECK(statement::to_text(two).front() == '2');
    CHECK(a < two);
    CHECK(statement::TextOrder()(two, a));
    CHECK_FALSE(statement::TextOrder()(a, two));
    CHECK_FALSE(statement::TextOrder()(a, a));
}
