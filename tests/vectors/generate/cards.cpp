// Cards as text: what is accepted has its keys and fingerprint beside it.
#include "vectors.hpp"

#include <kluis/base/text.hpp>

#include <support/person.hpp>

namespace kluis::generate {

using base::Json;
using statement::Card;
using test::Person;

namespace {

std::string text_of(const Json& json) {
    return base::canonical_json(json, base::JsonText::ascii);
}

Json whole(const Person& person) {
    return {{"card", statement::to_json(person.card())},
            {"fingerprint", statement::to_text(person.fingerprint())},
            {"type", "bewijskluis-card"}};
}

Json with_recipient(const Card& card, const std::string& recipient) {
    return {
        {"card", Json{{"recipient", recipient}, {"signing", base::base64_encode(card.signing)}}},
        {"fingerprint", statement::to_text(statement::fingerprint(card))},
        {"type", "bewijskluis-card"}};
}

std::string upper(std::string text) {
    for (char& c : text)
        c = static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
    return text;
}

void accept(Vectors& vectors, const std::string& name, const std::string& comment,
            const Person& person, const std::string& text) {
    vectors.add("cards", name, comment, "accept",
                {{"text", text},
                 {"fingerprint", statement::to_text(person.fingerprint())},
                 {"recipient", base::hex_encode(person.card().recipient)},
                 {"signing", base::hex_encode(person.card().signing)}});
}

void refuse(Vectors& vectors, const std::string& name, const std::string& comment,
            const std::string& expect, const std::string& text) {
    vectors.add("cards", name, comment, expect, {{"text", text}});
}

void add_low_order(Vectors& vectors) {
    // RFC 7748's points of order 1, 2, 4 and 8, in their canonical form.
    const std::pair<const char*, const char*> points[] = {
        {"zero", "0000000000000000000000000000000000000000000000000000000000000000"},
        {"one", "0100000000000000000000000000000000000000000000000000000000000000"},
        {"minus-one", "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"},
        {"order-8-a", "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800"},
        {"order-8-b", "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157"}};
    for (const auto& [name, hex] : points) {
        Card card = Person("N.").card();
        card.recipient = base::from_hex<crypto::X25519Public>(hex, "point");
        refuse(vectors, std::string("low-order-") + name,
               "the recipient gives an all-zero secret with every key", "malformed",
               statement::card_text(card));
    }
}

}  // namespace

void add_cards(Vectors& vectors) {
    for (const char* name : {"J.", "N.", "M.", "D."}) {
        const Person person(name);
        std::string file = base::lower_ascii(std::string(name, 1));
        accept(vectors, "card-" + file, "a card", person, statement::card_text(person.card()));
    }
    const Person person("N.");
    const std::string text = statement::card_text(person.card());
    const std::string recipient = statement::recipient_text(person.card());
    accept(vectors, "space-around", "white space around it is allowed", person,
           "\r\n\t " + text + " \n");
    add_low_order(vectors);

    Json other = whole(person);
    other["fingerprint"] = statement::to_text(Person("M.").fingerprint());
    refuse(vectors, "other-fingerprint", "the fingerprint is that of another card", "forged",
           text_of(other));
    other = whole(person);
    other["card"]["signing"] = base::base64_encode(Person("M.").card().signing);
    refuse(vectors, "other-signing-key", "one key was replaced", "forged", text_of(other));

    refuse(vectors, "empty", "nothing", "malformed", "");
    refuse(vectors, "space-within", "not canonical JSON", "malformed", "{ " + text.substr(1));
    refuse(vectors, "two-cards", "two cards", "malformed", text + text);
    refuse(vectors, "cut", "cut short", "malformed", text.substr(0, text.size() - 1));
    refuse(vectors, "recipient-in-upper-case", "bech32 has a second spelling", "malformed",
           text_of(with_recipient(person.card(), upper(recipient))));
    refuse(
        vectors, "recipient-of-31-bytes", "a short X25519 key", "malformed",
        text_of(with_recipient(
            person.card(), base::bech32_encode("age", person.card().recipient.view().first(31)))));
    refuse(vectors, "recipient-is-a-secret-key", "another human-readable part", "malformed",
           text_of(with_recipient(
               person.card(), base::bech32_encode("age-secret-key-", person.card().recipient))));
    std::string typo = recipient;
    typo.back() = typo.back() == 'q' ? 'p' : 'q';
    refuse(vectors, "recipient-with-a-typo", "bech32's checksum does not hold", "malformed",
           text_of(with_recipient(person.card(), typo)));
    other = whole(person);
    other["type"] = "card";
    refuse(vectors, "other-type", "another type", "malformed", text_of(other));
    other = whole(person);
    other["name"] = "N.";
    refuse(vectors, "name", "a member that does not belong there", "malformed", text_of(other));
    other = whole(person);
    other["card"]["signing"] = base::base64_raw_encode(person.card().signing);
    refuse(vectors, "signing-key-without-padding", "base64 without padding", "malformed",
           text_of(other));
}

}  // namespace kluis::generate
