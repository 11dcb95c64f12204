#include "fixture.hpp"

#include <kluis/dossier/coverage.hpp>

#include <doctest/doctest.h>

using namespace kluis::dossier;

namespace {

const CriterionCoverage& of(const Coverage& coverage, std::string_view criterion) {
    return *std::ranges::find(coverage.criteria, criterion, &CriterionCoverage::criterion);
}

}  // namespace

TEST_CASE("forty years of a stay are shown as the years covered and the gaps between") {
    const Profile profile = profile_since(1984);
    const std::vector<Entry> entries = {entry(1, {"rootedness"}, years(1984, 1992)),
                                        entry(2, {"rootedness"}, years(1991, 1995)),
                                        entry(3, {"rootedness"}, years(2010, 2020))};
    const Coverage result = coverage(entries, netherlands(), &profile, kToday);
    const CriterionCoverage& roots = of(result, "rootedness");
    CHECK(roots.documents.size() == 3);
    CHECK(roots.covered == std::vector<YearRange>{{1984, 1995}, {2010, 2020}});
    CHECK(roots.gaps == std::vector<YearRange>{{1996, 2009}, {2021, 2026}});
}

TEST_CASE("without a profile the stay begins with the first year that anything covers") {
    const std::vector<Entry> entries = {entry(1, {"rootedness"}, years(2020, 2026)),
                                        entry(2, {"trauma-in-nl"}, years(2018, 2018))};
    const Coverage result = coverage(entries, netherlands(), nullptr, kToday);
    CHECK(of(result, "rootedness").gaps == std::vector<YearRange>{{2018, 2019}});
}

TEST_CASE("letters have gaps only between the first and the last") {
    const Profile profile = profile_since(1984);
    const std::vector<Entry> entries = {entry(1, {"identity-effort"}, years(2009, 2009)),
                                        entry(2, {"identity-effort"}, years(2015, 2015))};
    const Coverage result = coverage(entries, netherlands(), &profile, kToday);
    CHECK(of(result, "identity-effort").gaps == std::vector<YearRange>{{2010, 2014}});
}

TEST_CASE("years say nothing about a grave") {
    const Profile profile = profile_since(1984);
    const Coverage result = coverage({entry(1, {"family-or-graves-in-nl"}, years(1992, 1992))},
                                     netherlands(), &profile, kToday);
    CHECK(of(result, "family-or-graves-in-nl").gaps.empty());
}

TEST_CASE("a necessary criterion without evidence is missing") {
    const Coverage result =
        coverage({entry(1, {"identity-effort"})}, netherlands(), nullptr, kToday);
    CHECK_FALSE(of(result, "identity-effort").missing());
    CHECK(of(result, "last-resort").missing());
    CHECK(of(result, "last-resort").necessary);
    CHECK_FALSE(of(result, "old-age").necessary);
}

TEST_CASE("a document for two criteria counts in both, and once in all") {
    const Coverage result =
        coverage({entry(1, {"rootedness", "old-age"})}, netherlands(), nullptr, kToday);
    CHECK(of(result, "rootedness").documents.size() == 1);
    CHECK(of(result, "old-age").documents.size() == 1);
    CHECK(result.documents == 1);
}

TEST_CASE("a document for no criterion of this jurisdiction is shown apart") {
    const std::vector<Entry> entries = {entry(1, {}), entry(2, {"rootedness"}),
                                        entry(3, {"social-integration"})};
    CHECK(coverage(entries, netherlands(), nullptr, kToday).unplaced ==
          std::vector<DocumentId>{entries[0].id, entries[2].id});
    CHECK(coverage(entries, berlin(), nullptr, kToday).unplaced ==
          std::vector<DocumentId>{entries[0].id, entries[1].id});
}

TEST_CASE("a stay that has not begun has no gaps") {
    const Profile profile = profile_since(2027);
    const Coverage result = coverage({}, netherlands(), &profile, kToday);
    CHECK(of(result, "rootedness").gaps.empty());
}

TEST_CASE("documents are listed by the text of their ids") {
    // Base32 writes 0xff as a digit, which sorts before the letters of smaller bytes.
    const std::vector<Entry> entries = {entry(0x00, {"old-age"}), entry(0xff, {"old-age"})};
    const Coverage result = coverage(entries, netherlands(), nullptr, kToday);
    CHECK(of(result, "old-age").documents == std::vector<DocumentId>{entries[1].id, entries[0].id});
}
