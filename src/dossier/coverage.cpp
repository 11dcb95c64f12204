#include "lists.hpp"

#include <kluis/dossier/coverage.hpp>

namespace kluis::dossier {
namespace {

// The years of the stay: since the profile's `since`, else since the earliest year covered.
std::optional<YearRange> stay(const std::vector<const Entry*>& counted, const Profile* profile,
                              base::Date today) {
    std::optional<int> first;
    if (profile && profile->since) {
        first = profile->since;
    } else {
        for (const Entry* entry : counted) {
            const auto years = years_of(*entry, today);
            if (years && (!first || years->first < *first)) first = years->first;
        }
    }
    if (!first || *first > today.year) return std::nullopt;
    return YearRange{*first, today.year};
}

std::vector<YearRange> gaps(const Criterion& criterion, const std::vector<YearRange>& covered,
                            const std::optional<YearRange>& stay) {
    switch (criterion.gaps) {
        case Gaps::none:
            return {};
        case Gaps::within:
            if (covered.empty()) return {};
            return gaps_in({covered.front().first, covered.back().last}, covered);
        case Gaps::residence:
            if (!stay) return {};
            return gaps_in(*stay, covered);
    }
    throw base::Error(base::ErrorKind::internal, "a criterion has an unknown rule for gaps");
}

CriterionCoverage cover(const Criterion& criterion, const std::vector<const Entry*>& counted,
                        const std::optional<YearRange>& stay, base::Date today) {
    CriterionCoverage result{criterion.code, criterion.necessary, {}, {}, {}};
    for (const Entry* entry : counted) {
        if (!entry->metadata.criteria.contains(criterion.code)) continue;
        result.documents.push_back(entry->id);
        if (const auto years = years_of(*entry, today)) result.covered.push_back(*years);
    }
    sort_by_text(result.documents);
    result.covered = joined(std::move(result.covered));
    result.gaps = gaps(criterion, result.covered, stay);
    return result;
}

base::Json to_json(const CriterionCoverage& criterion) {
    return {{"covered", list_of(criterion.covered)},
            {"criterion", criterion.criterion},
            {"documents", list_of(criterion.documents)},
            {"gaps", list_of(criterion.gaps)},
            {"missing", criterion.missing()},
            {"necessary", criterion.necessary}};
}

}  // namespace

Coverage coverage(const std::vector<Entry>& entries, const Jurisdiction& jurisdiction,
                  const Profile* profile, base::Date today) {
    const std::vector<const Entry*> counted = evidence(entries);
    const auto years = stay(counted, profile, today);
    Coverage result{jurisdiction.code, {}, {}, counted.size()};
    for (const Criterion& criterion : jurisdiction.criteria)
        result.criteria.push_back(cover(criterion, counted, years, today));
    for (const Entry* entry : counted) {
        if (std::ranges::none_of(entry->metadata.criteria, [&](const std::string& code) {
                return jurisdiction.criterion(code) != nullptr;
            })) {
            result.unplaced.push_back(entry->id);
        }
    }
    sort_by_text(result.unplaced);
    return result;
}

base::Json to_json(const Coverage& coverage) {
    base::Json::Array criteria;
    for (const CriterionCoverage& criterion : coverage.criteria)
        criteria.push_back(to_json(criterion));
    return {{"criteria", std::move(criteria)},
            {"documents", std::uint64_t{coverage.documents}},
            {"jurisdiction", coverage.jurisdiction},
            {"unplaced", list_of(coverage.unplaced)}};
}

}  // namespace kluis::dossier
