#include "lists.hpp"

#include <kluis/dossier/timeline.hpp>

#include <limits>
#include <tuple>

namespace kluis::dossier {
namespace {

struct Placed {
    YearRange years;
    base::Date begin;
    std::string id;
    const Entry* entry;
};

// The evidence that has a place in time, in the order in which each year lists it.
std::vector<Placed> placed(const std::vector<const Entry*>& counted, base::Date today) {
    std::vector<Placed> result;
    for (const Entry* entry : counted) {
        if (const auto years = years_of(*entry, today)) {
            const Period& period = entry->metadata.period;
            result.push_back({*years, period.from ? *period.from : *period.to,
                              statement::to_text(entry->id), entry});
        }
    }
    std::ranges::sort(result, [](const Placed& a, const Placed& b) {
        return std::tie(a.begin, a.id) < std::tie(b.begin, b.id);
    });
    return result;
}

}  // namespace

Timeline timeline(const std::vector<Entry>& entries, const Profile* profile, base::Date today) {
    const std::vector<const Entry*> counted = evidence(entries);
    Timeline result;
    for (const Entry* entry : counted)
        if (!years_of(*entry, today)) result.undated.push_back(entry->id);
    sort_by_text(result.undated);

    std::map<int, std::vector<DocumentId>> by_year;
    std::vector<YearRange> covered;
    for (const Placed& item : placed(counted, today)) {
        covered.push_back(item.years);
        for (int year = item.years.first; year <= item.years.last; ++year)
            by_year[year].push_back(item.entry->id);
    }
    for (auto& [year, documents] : by_year)
        result.years.push_back({year, std::move(documents)});

    covered = joined(std::move(covered));
    std::optional<int> begin = profile ? profile->since : std::nullopt;
    if (!begin && !covered.empty()) begin = covered.front().first;
    if (begin) result.gaps = gaps_in({*begin, today.year}, covered);
    return result;
}

base::Json to_json(const Timeline& timeline) {
    base::Json::Array list;
    auto gap = timeline.gaps.begin();
    const auto put_gaps_before = [&](int year) {
        for (; gap != timeline.gaps.end() && gap->first < year; ++gap) {
            base::Json item = to_json(*gap);
            item["gap"] = true;
            list.push_back(std::move(item));
        }
    };
    for (const TimelineYear& year : timeline.years) {
        put_gaps_before(year.year);
        list.push_back({{"documents", list_of(year.documents)},
                        {"year", static_cast<std::uint64_t>(year.year)}});
    }
    put_gaps_before(std::numeric_limits<int>::max());
    if (!timeline.undated.empty()) {
        list.push_back({{"documents", list_of(timeline.undated)}, {"undated", true}});
    }
    return list;
}

}  // namespace kluis::dossier
