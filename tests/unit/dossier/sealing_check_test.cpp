#include "fixture.hpp"

#include <kluis/dossier/sealing_check.hpp>

#include <doctest/doctest.h>

using namespace kluis::dossier;
using kluis::base::Date;

namespace {

std::vector<Entry> complete() {
    return {entry(1, {"identity-effort", "last-resort"}, years(2019, 2019)),
            entry(2, {"rootedness"}, years(1984, 2026))};
}

Codes check(const std::vector<Entry>& entries, const Jurisdiction& jurisdiction) {
    const Profile profile = profile_since(1984);
    return codes(check_sealing(entries, jurisdiction, &profile, kToday));
}

Jurisdiction netherlands_with_pilot(std::optional<Date> from, std::optional<Date> to) {
    Jurisdiction result = netherlands();
    result.pilot = Pilot{from, to};
    return result;
}

}  // namespace

TEST_CASE("a complete case within the pilot's dates has nothing to warn of") {
    CHECK(check(complete(), netherlands_with_pilot(Date{2026, 1, 1}, Date{2027, 12, 31})).empty());
    CHECK(check(complete(), netherlands_with_pilot(kToday, kToday)).empty());
}

TEST_CASE("dates of the pilot warn and nothing else does") {
    CHECK(check(complete(), netherlands_with_pilot({}, {})) == Codes{"pilot-undated"});
    CHECK(check(complete(), netherlands_with_pilot(Date{2026, 11, 24}, {})) ==
          Codes{"pilot-not-begun"});
    CHECK(check(complete(), netherlands_with_pilot({}, Date{2026, 11, 22})) ==
          Codes{"pilot-ended"});
}

TEST_CASE("a necessary criterion without evidence is named by its label") {
    const auto found =
        check_sealing({entry(1, {"identity-effort"})}, netherlands(), nullptr, kToday);
    REQUIRE(!found.empty());
    CHECK(sentence(found[0], "nl") ==
          "Er is geen bewijs voor een voorwaarde die verplicht is: Geen andere reële mogelijkheid "
          "tot een verblijfsvergunning.");
}

TEST_CASE("a gap of one year and a longer one read differently") {
    std::vector<Entry> entries = complete();
    entries[1].metadata.period = years(1985, 2020);
    const Profile profile = profile_since(1984);
    const auto found = check_sealing(entries, netherlands(), &profile, kToday);
    REQUIRE(found.size() == 3);
    CHECK(sentence(found[0], "en") ==
          "There is no evidence in 1984 for: Deep roots in Dutch society.");
    CHECK(sentence(found[1], "en") ==
          "There is no evidence from 2021 to 2026 for: Deep roots in Dutch society.");
}

TEST_CASE("a weighing criterion without any evidence does not warn") {
    std::vector<Entry> entries = complete();
    entries.pop_back();
    CHECK(check(entries, netherlands()) == Codes{"pilot-undated"});
}

TEST_CASE("an expired identity paper warns, by its document") {
    std::vector<Entry> entries = complete();
    entries.push_back(entry(3, {"identity-effort"}, years(2019, 2025)));
    entries.back().metadata.kind = "identity-paper";
    const auto found = check_sealing(entries, berlin(), nullptr, kToday);
    const auto expired = std::ranges::find(found, "expired", &Warning::code);
    REQUIRE(expired != found.end());
    CHECK(expired->document == kluis::statement::to_text(entries.back().id));
    CHECK(expired->parameters.at("date") == "2025-12-31");
    CHECK(to_json(*expired).object("warning").at("document") ==
          kluis::base::Json(expired->document));
}

TEST_CASE("an identity paper that is valid until today has not expired") {
    std::vector<Entry> entries = complete();
    entries[0].metadata.kind = "identity-paper";
    entries[0].metadata.period = {Date{2019, 1, 1}, kToday};
    CHECK(check(entries, netherlands()) == Codes{"pilot-undated"});
}

TEST_CASE("an erased document is not checked") {
    std::vector<Entry> entries = complete();
    entries.push_back(entry(3, {"star-sign"}));
    entries.back().erased = true;
    CHECK(check(entries, netherlands()) == Codes{"pilot-undated"});
}
