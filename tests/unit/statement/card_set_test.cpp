#include <kluis/base/file.hpp>
#include <kluis/statement/card_set.hpp>

#include <doctest/doctest.h>
#include <support/person.hpp>
#include <support/refusal.hpp>

using namespace kluis;
using base::ErrorKind;
using base::Json;
using base::Time;
using statement::Anchors;
using statement::CardSet;
using statement::DatedCard;
using test::Person;
using test::refuses;

namespace {

constexpr Time kIssued{1'800'000'000};
constexpr Time kEnd{1'900'000'000};

DatedCard member(const std::string& name) {
    return {Person(name).card(), kIssued, std::nullopt};
}

CardSet sorted(CardSet set) {
    std::ranges::sort(set.cards, {}, [](const DatedCard& dated) {
        return statement::to_text(statement::fingerprint(dated.card));
    });
    return set;
}

CardSet example() {
    return sorted({"nl-commissie-2025",
                   3,
                   kIssued,
                   kEnd,
                   {member("member 1"), member("member 2"), member("member 3")}});
}

Anchors anchors() {
    Anchors result;
    result.version = 1;
    result.roots.push_back(
        {"nl-commissie-2025", Person("root").signer().public_key(), kIssued, std::nullopt});
    result.organisations.push_back(
        {"legal desk of an organisation", {Person("legal desk").card(), kIssued, kEnd}});
    return result;
}

statement::Envelope with_member(const std::string& name, const Json& value) {
    auto envelope = statement::sign_card_set(example(), Person("root").signer());
    Json json = base::parse_canonical_json(envelope.payload, base::JsonText::ascii, "a card set");
    json[name] = value;
    const auto payload = base::to_bytes(base::canonical_json(json, base::JsonText::ascii));
    return statement::sign(statement::kCardSetType, payload, Person("root").signer(),
                           envelope.key_id);
}

}  // namespace

TEST_CASE("a card set read again is the same, whatever the order it was given in") {
    CardSet shuffled = example();
    std::ranges::reverse(shuffled.cards);
    const auto envelope = statement::sign_card_set(shuffled, Person("root").signer());
    CHECK(statement::parse_card_set(envelope) == example());
    CHECK(envelope.key_id == statement::root_key_id(Person("root").signer().public_key()));
}

TEST_CASE("a card set that is not in its one form is refused") {
    const Json cards = Json::Array{};
    CHECK_NOTHROW(statement::parse_card_set(with_member("cards", cards)));
    for (const auto& [name, value] :
         std::initializer_list<std::pair<const char*, Json>>{{"version", std::uint64_t{0}},
                                                             {"jurisdiction", "The Commission"},
                                                             {"jurisdiction", ""},
                                                             {"end", base::to_string(kIssued)},
                                                             {"issued", "2027-01-15"},
                                                             {"extra", "x"},
                                                             {"cards", "none"}}) {
        CAPTURE(name);
        const auto envelope = with_member(name, value);
        CHECK(refuses(ErrorKind::malformed, [&] { return statement::parse_card_set(envelope); }));
    }
}

TEST_CASE("a card set with a card twice or out of order is refused") {
    const auto envelope = statement::sign_card_set(example(), Person("root").signer());
    const Json json =
        base::parse_canonical_json(envelope.payload, base::JsonText::ascii, "a card set");
    const Json::Array cards = json.object("a card set").at("cards").array("cards");
    const auto twice = with_member("cards", Json::Array{cards[0], cards[0]});
    CHECK(refuses(ErrorKind::malformed, [&] { return statement::parse_card_set(twice); }));
    const auto turned = with_member("cards", Json::Array{cards[1], cards[0]});
    CHECK(refuses(ErrorKind::malformed, [&] { return statement::parse_card_set(turned); }));
}

TEST_CASE("a member whose time ends before it begins is refused") {
    CardSet set = example();
    set.cards[0].until = kIssued - std::chrono::seconds(1);
    const auto envelope = statement::sign_card_set(set, Person("root").signer());
    CHECK(refuses(ErrorKind::malformed, [&] { return statement::parse_card_set(envelope); }));
}

TEST_CASE("a member is trusted from the beginning of their time and no longer at its end") {
    CardSet set = example();
    set.cards[0].from = kIssued + std::chrono::seconds(10);
    set.cards[0].until = kIssued + std::chrono::seconds(20);
    const auto trusted = [&](int second) {
        const auto cards = statement::cards_at(set, kIssued + std::chrono::seconds(second));
        return std::ranges::find(cards, set.cards[0].card) != cards.end();
    };
    CHECK_FALSE(trusted(9));
    CHECK(trusted(10));
    CHECK(trusted(19));
    CHECK_FALSE(trusted(20));
    CHECK(statement::cards_at(set, kIssued).size() == 2);
}

TEST_CASE("the next card set may add members and end members, and nothing else") {
    const CardSet current = example();
    CardSet next = current;
    next.version = 4;
    CHECK(statement::may_follow(current, next));

    CardSet added = next;
    added.cards.push_back(member("member 4"));
    CHECK(statement::may_follow(current, sorted(added)));

    CardSet ended = next;
    ended.cards[0].until = kEnd;
    CHECK(statement::may_follow(current, ended));
    CardSet ended_earlier = ended;
    ended_earlier.version = 5;
    ended_earlier.cards[0].until = kIssued;
    CHECK(statement::may_follow(ended, ended_earlier));

    CardSet revived = ended;
    revived.version = 5;
    revived.cards[0].until.reset();
    CHECK_FALSE(statement::may_follow(ended, revived));
    CardSet prolonged = ended;
    prolonged.version = 5;
    prolonged.cards[0].until = kEnd + std::chrono::seconds(1);
    CHECK_FALSE(statement::may_follow(ended, prolonged));

    CardSet dropped = next;
    dropped.cards.pop_back();
    CHECK_FALSE(statement::may_follow(current, dropped));
    CardSet moved = next;
    moved.cards[0].from = kIssued + std::chrono::seconds(1);
    CHECK_FALSE(statement::may_follow(current, moved));
    CardSet same_version = next;
    same_version.version = 3;
    CHECK_FALSE(statement::may_follow(current, same_version));
    CardSet earlier = next;
    earlier.issued = kIssued - std::chrono::seconds(1);
    CHECK_FALSE(statement::may_follow(current, earlier));
    CardSet elsewhere = next;
    elsewhere.jurisdiction = "de-be-haertefallkommission";
    CHECK_FALSE(statement::may_follow(current, elsewhere));
}

TEST_CASE("a card set signed by its jurisdiction's root key is trusted") {
    const auto envelope = statement::sign_card_set(example(), Person("root").signer());
    CHECK(statement::verified_card_set(envelope, anchors()) == example());
}

TEST_CASE("a card set that no trusted root key signed is untrusted") {
    const auto untrusted = [](const statement::Envelope& envelope, const Anchors& by) {
        return refuses(ErrorKind::untrusted,
                       [&] { return statement::verified_card_set(envelope, by); });
    };
    const auto envelope = statement::sign_card_set(example(), Person("root").signer());
    CHECK(untrusted(envelope, Anchors()));
    CHECK(untrusted(statement::sign_card_set(example(), Person("a stranger").signer()), anchors()));

    auto disguised = statement::sign_card_set(example(), Person("a stranger").signer());
    disguised.key_id = envelope.key_id;
    CHECK(untrusted(disguised, anchors()));

    Anchors elsewhere = anchors();
    elsewhere.roots[0].jurisdiction = "de-be-haertefallkommission";
    CHECK(untrusted(envelope, elsewhere));
    Anchors later = anchors();
    later.roots[0].from = kIssued + std::chrono::seconds(1);
    CHECK(untrusted(envelope, later));
    Anchors ended = anchors();
    ended.roots[0].until = kIssued;
    CHECK(untrusted(envelope, ended));
}

TEST_CASE("anchors read again are the same, and may be written by hand") {
    const base::Bytes bytes = statement::encode(anchors());
    CHECK(statement::encode(statement::parse_anchors(bytes)) == bytes);
    const Anchors empty = statement::parse_anchors(
        base::as_bytes("{\n  \"version\": 7,\n  \"roots\": [],\n  \"organisations\": []\n}\n"));
    CHECK(empty.version == 7);
    CHECK_FALSE(empty.test);
}

TEST_CASE("anchors that are not in their form are refused") {
    for (const char* text : {"", "{}", R"({"organisations":[],"roots":[]})",
                             R"({"organisations":[],"roots":[],"version":0})",
                             R"({"organisations":[],"roots":[],"version":1,"logs":[]})",
                             R"({"organisations":[],"roots":[{}],"version":1})",
                             R"({"organisations":[{}],"roots":[],"version":1})"}) {
        CAPTURE(text);
        CHECK(refuses(ErrorKind::malformed,
                      [&] { return statement::parse_anchors(base::as_bytes(text)); }));
    }
    Anchors nameless = anchors();
    nameless.organisations[0].name = "";
    CHECK(refuses(ErrorKind::malformed,
                  [&] { return statement::parse_anchors(statement::encode(nameless)); }));
    Anchors nowhere = anchors();
    nowhere.roots[0].jurisdiction = "";
    CHECK(refuses(ErrorKind::malformed,
                  [&] { return statement::parse_anchors(statement::encode(nowhere)); }));
}

TEST_CASE("the anchors in the repository are well formed") {
    const auto file = std::filesystem::path(KLUIS_SOURCE_DIR) / "keys" / "anchors.json";
    CHECK(statement::parse_anchors(base::read_file(file, 1 << 20)).version >= 1);
}
