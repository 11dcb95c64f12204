#include "fixture.hpp"

#include <doctest/doctest.h>

using namespace kluis::dossier;
using kluis::base::Date;

namespace {

std::optional<YearRange> years_covered(Period period, std::string kind = "housing") {
    Entry document = entry(1, {"rootedness"}, period);
    document.metadata.kind = std::move(kind);
    return years_of(document, kToday);
}

std::size_t counted(const std::vector<Entry>& entries) {
    return evidence(entries).size();
}

}  // namespace

TEST_CASE("a period covers its years, up to this one") {
    CHECK(years_covered(years(1984, 1992)) == YearRange{1984, 1992});
    CHECK(years_covered(years(2020, 2030)) == YearRange{2020, 2026});
    CHECK(years_covered(years(1700, 1900)) == YearRange{kEarliestYear, 1900});
    CHECK_FALSE(years_covered(years(2027, 2030)));
    CHECK_FALSE(years_covered(years(1700, 1800)));
}

TEST_CASE("a period with one known end covers that year alone") {
    CHECK(years_covered({Date{1992, 10, 21}, {}}) == YearRange{1992, 1992});
    CHECK(years_covered({{}, Date{2009, 6, 30}}) == YearRange{2009, 2009});
}

TEST_CASE("no period, and one that ends before it begins, cover nothing") {
    CHECK_FALSE(years_covered({}));
    CHECK_FALSE(years_covered({Date{2000, 1, 2}, Date{2000, 1, 1}}));
}

TEST_CASE("an identity paper covers its first year, not its validity") {
    CHECK(years_covered(years(2014, 2024), "identity-paper") == YearRange{2014, 2014});
}

TEST_CASE("ranges that touch or overlap are joined") {
    CHECK(joined({{2005, 2006}, {1990, 1995}, {1996, 1996}, {1992, 1993}}) ==
          std::vector<YearRange>{{1990, 1996}, {2005, 2006}});
    CHECK(joined({}).empty());
}

TEST_CASE("gaps are what is left of the whole") {
    CHECK(gaps_in({1984, 2000}, {{1980, 1985}, {1990, 1995}}) ==
          std::vector<YearRange>{{1986, 1989}, {1996, 2000}});
    CHECK(gaps_in({1984, 2000}, {{1984, 2000}}).empty());
    CHECK(gaps_in({1984, 2000}, {{2005, 2006}}) == std::vector<YearRange>{{1984, 2000}});
    CHECK(gaps_in({1984, 1984}, {}) == std::vector<YearRange>{{1984, 1984}});
    CHECK(gaps_in({1985, 1984}, {}).empty());
}

TEST_CASE("erased documents and those that are no evidence do not count") {
    Entry erased = entry(1, {"rootedness"});
    erased.erased = true;
    Entry profile = entry(2, {});
    profile.metadata.kind = kProfileKind;
    CHECK(counted({erased, profile}) == 0);
    CHECK(counted({erased, profile, entry(3, {})}) == 1);
}

TEST_CASE("a translation or a redaction does not count twice") {
    const Entry original = entry(1, {"rootedness"});
    Entry translation = entry(2, {"rootedness"});
    translation.metadata.translation = true;
    CHECK(counted({original, translation}) == 1);
    translation.of = original.id;
    CHECK(counted({original, translation}) == 1);
    Entry redaction = entry(3, {"rootedness"});
    redaction.metadata.redaction = true;
    CHECK(counted({original, translation, redaction}) == 1);
}

TEST_CASE("a redaction whose original is known to be absent or erased counts in its place") {
    Entry original = entry(1, {"rootedness"});
    Entry redaction = entry(2, {"rootedness"});
    redaction.metadata.redaction = true;
    redaction.of = original.id;
    CHECK(counted({redaction}) == 1);
    original.erased = true;
    CHECK(counted({original, redaction}) == 1);
}

TEST_CASE("an entry takes from the chain's state what the state says") {
    kluis::chain::DocumentState state;
    std::ranges::fill(state.id.writable(), std::uint8_t{7});
    state.deposited = {1'000};
    state.through_link = true;
    std::ranges::fill(state.depositor.writable(), std::uint8_t{8});
    std::ranges::fill(state.describer.writable(), std::uint8_t{9});
    state.erased = true;
    const Entry made = make_entry(state, some_metadata());
    CHECK(made.id == state.id);
    CHECK(made.metadata == some_metadata());
    CHECK(made.deposited == state.deposited);
    CHECK(made.depositor == state.depositor);
    CHECK(made.describer == state.describer);
    CHECK(made.through_link);
    CHECK(made.erased);
    CHECK_FALSE(made.of.has_value());
}
