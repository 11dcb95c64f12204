#include "fixture.hpp"

#include <kluis/dossier/timeline.hpp>

#include <doctest/doctest.h>

using namespace kluis::dossier;
using kluis::base::Date;

TEST_CASE("each year lists its documents, in the order in which their periods begin") {
    const Entry late = entry(1, {}, {Date{2024, 6, 1}, Date{2025, 1, 31}});
    const Entry early = entry(2, {}, {Date{2024, 2, 1}, Date{2024, 3, 1}});
    const Timeline result = timeline({late, early}, nullptr, kToday);
    REQUIRE(result.years.size() == 2);
    CHECK(result.years[0].year == 2024);
    CHECK(result.years[0].documents == std::vector<DocumentId>{early.id, late.id});
    CHECK(result.years[1].year == 2025);
    CHECK(result.years[1].documents == std::vector<DocumentId>{late.id});
    CHECK(result.gaps == std::vector<YearRange>{{2026, 2026}});
}

TEST_CASE("documents about the years before the stay are listed, without gaps before it") {
    const Profile profile = profile_since(2019);
    const Timeline result = timeline({entry(1, {}, years(1990, 1990))}, &profile, kToday);
    REQUIRE(result.years.size() == 1);
    CHECK(result.years[0].year == 1990);
    CHECK(result.gaps == std::vector<YearRange>{{2019, 2026}});
}

TEST_CASE("documents without a usable period stand at the end") {
    const Entry none = entry(2, {});
    const Entry reversed = entry(1, {}, {Date{2000, 1, 2}, Date{2000, 1, 1}});
    const Timeline result = timeline({none, reversed}, nullptr, kToday);
    CHECK(result.undated == std::vector<DocumentId>{reversed.id, none.id});
    CHECK(result.years.empty());
    CHECK(result.gaps.empty());
}

TEST_CASE("the list has years and gaps in order of time") {
    const Profile profile = profile_since(2020);
    const Entry document = entry(1, {}, years(2022, 2022));
    const std::string id = kluis::statement::to_text(document.id);
    const auto json = to_json(timeline({document, entry(2, {})}, &profile, kToday));
    CHECK(canonical_json(json, kluis::base::JsonText::utf8) ==
          "[{\"from\":2020,\"gap\":true,\"to\":2021},{\"documents\":[\"" + id +
              "\"],\"year\":2022},{\"from\":2023,\"gap\":true,\"to\":2026},{\"documents\":[\"" +
              kluis::statement::to_text(entry(2, {}).id) + "\"],\"undated\":true}]");
}

TEST_CASE("an empty dossier has an empty timeline") {
    CHECK(to_json(timeline({}, nullptr, kToday)) == kluis::base::Json(kluis::base::Json::Array{}));
}
