#include "fixture.hpp"

#include <doctest/doctest.h>

using namespace kluis::dossier;
using kluis::base::ErrorKind;
using kluis::test::refuses;

namespace {

constexpr std::string_view kCriteria =
    R"({"criteria": [{"code": "a", "label": {"en": "A"}}, {"code": "b", "label": {"en": "B"}}]})";
constexpr std::string_view kKinds =
    R"({"kinds": [{"code": "k", "label": {"en": "K"}, "supports": ["a"]}]})";
constexpr std::string_view kPlace =
    R"({"code": "j", "label": {"en": "J"}, "criteria": [{"code": "a"}], "places": []})";

Catalogue parse(std::string_view criteria, std::string_view kinds, std::string_view place) {
    const kluis::base::ByteView places[] = {kluis::base::as_bytes(place)};
    return Catalogue(kluis::base::as_bytes(criteria), kluis::base::as_bytes(kinds), places);
}

bool refused(std::string_view criteria, std::string_view kinds, std::string_view place) {
    return refuses(ErrorKind::malformed, [&] { return parse(criteria, kinds, place); });
}

}  // namespace

TEST_CASE("the Dutch Commission weighs twelve criteria, of which the first two are necessary") {
    const Jurisdiction& dutch = netherlands();
    CHECK(dutch.criteria.size() == 12);
    std::vector<std::string> necessary;
    for (const Criterion& criterion : dutch.criteria)
        if (criterion.necessary) necessary.push_back(criterion.code);
    CHECK(necessary == Codes{"identity-effort", "last-resort"});
    CHECK(dutch.criterion("old-age")->label.in("nl") == "Ouderdom");
    CHECK(dutch.criterion("rootedness")->label.in("en") == "Deep roots in Dutch society");
    CHECK(dutch.criterion("social-integration") == nullptr);
}

TEST_CASE("the Dutch pilot has five cities, in any case of letters") {
    CHECK(netherlands().places.size() == 5);
    CHECK(netherlands().has_place("Eindhoven"));
    CHECK(netherlands().has_place("groningen"));
    CHECK_FALSE(netherlands().has_place("Berlin"));
    CHECK_FALSE(netherlands().has_place(""));
    CHECK(netherlands().pilot.has_value());
}

TEST_CASE("Berlin weighs four kinds of integration, has its own place and no pilot") {
    CHECK(berlin().criteria.size() == 4);
    CHECK(berlin().has_place("Berlin"));
    CHECK_FALSE(berlin().has_place("Amsterdam"));
    CHECK_FALSE(berlin().pilot.has_value());
    CHECK(berlin().criterion("social-integration")->label.in("de") == "Soziale Integration");
    CHECK(std::ranges::none_of(berlin().criteria, &Criterion::necessary));
}

TEST_CASE("each criterion has a Dutch and an English label, and a kind that supports it") {
    for (const Jurisdiction& each : catalogue().jurisdictions()) {
        for (const Criterion& criterion : each.criteria) {
            CAPTURE(criterion.code);
            CHECK(criterion.label.all().contains("nl"));
            CHECK(criterion.label.all().contains("en"));
            CHECK(std::ranges::any_of(catalogue().kinds(), [&](const Kind& kind) {
                return std::ranges::count(kind.supports, criterion.code) > 0;
            }));
        }
    }
}

TEST_CASE(
    "profile, advice and wish list are kinds that are no evidence; unknown kinds are evidence") {
    for (const std::string_view kind : {kProfileKind, kAdviceKind, kWishListKind}) {
        CHECK(catalogue().kind(kind) != nullptr);
        CHECK_FALSE(catalogue().is_evidence(kind));
    }
    CHECK(catalogue().is_evidence(kOtherKind));
    CHECK(catalogue().is_evidence("horoscope"));
    CHECK(catalogue().kinds().size() == 21);
    for (const Kind& kind : catalogue().kinds())
        CHECK(kind.label.all().size() >= 2);
}

TEST_CASE("a label falls back to its base language, to English, to any") {
    const Labels labels({{"en", "E"}, {"nl", "N"}});
    CHECK(labels.in("nl") == "N");
    CHECK(labels.in("nl-BE") == "N");
    CHECK(labels.in("fr") == "E");
    const Labels german(std::map<std::string, std::string, std::less<>>{{"de", "D"}});
    CHECK(german.in("nl") == "D");
    CHECK(Labels().in("nl").empty());
}

TEST_CASE("a jurisdiction that nobody knows is refused, with those that are known as the hint") {
    const auto error = kluis::test::refusal([] { return jurisdiction("fr-commission"); });
    REQUIRE(error);
    CHECK(error->kind() == ErrorKind::usage);
    CHECK(error->hint().find("nl-commissie-2025") != std::string::npos);
    CHECK(catalogue().jurisdiction("fr-commission") == nullptr);
}

TEST_CASE("a catalogue whose parts do not agree is refused") {
    CHECK(parse(kCriteria, kKinds, kPlace).jurisdictions().size() == 1);
    SUBCASE("a criterion twice") {
        CHECK(refused(R"({"criteria": [{"code": "a", "label": {"en": "A"}},
                                       {"code": "a", "label": {"en": "A"}}]})",
                      kKinds, kPlace));
    }
    SUBCASE("a kind that supports nothing known") {
        CHECK(refused(kCriteria,
                      R"({"kinds": [{"code": "k", "label": {"en": "K"}, "supports": ["z"]}]})",
                      kPlace));
    }
    SUBCASE("a jurisdiction that weighs nothing known") {
        CHECK(refused(kCriteria, kKinds,
                      R"({"code": "j", "label": {"en": "J"}, "criteria": [{"code": "z"}],
                          "places": []})"));
    }
    SUBCASE("a necessary criterion behind another") {
        CHECK(refused(kCriteria, kKinds,
                      R"({"code": "j", "label": {"en": "J"}, "places": [],
                          "criteria": [{"code": "a"}, {"code": "b", "necessary": true}]})"));
    }
    SUBCASE("a label without English") {
        CHECK(refused(R"({"criteria": [{"code": "a", "label": {"nl": "A"}}]})", kKinds, kPlace));
    }
    SUBCASE("an unknown rule for gaps") {
        CHECK(refused(R"({"criteria": [{"code": "a", "label": {"en": "A"}, "gaps": "some"}]})",
                      kKinds, kPlace));
    }
    SUBCASE("an unknown member") {
        CHECK(refused(kCriteria, kKinds,
                      R"({"code": "j", "label": {"en": "J"}, "criteria": [], "places": [],
                          "blocks": true})"));
    }
}

TEST_CASE("the dates of a pilot are read from the data") {
    const Catalogue read = parse(kCriteria, kKinds,
                                 R"({"code": "j", "label": {"en": "J"}, "criteria": [],
                                     "places": [], "pilot": {"from": "2027-01-01"}})");
    CHECK(read.jurisdiction("j")->pilot->from == kluis::base::Date{2027, 1, 1});
    CHECK_FALSE(read.jurisdiction("j")->pilot->to.has_value());
}
