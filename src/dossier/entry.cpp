#include <kluis/dossier/entry.hpp>
#include <kluis/dossier/profile.hpp>

namespace kluis::dossier {

Entry make_entry(const chain::DocumentState& state, Metadata metadata) {
    return {state.id,           std::move(metadata), state.deposited, state.depositor,
            state.through_link, state.describer,     state.erased,    std::nullopt};
}

std::string to_string(YearRange range) {
    const std::string first = std::to_string(range.first);
    return range.first == range.last ? first : first + "-" + std::to_string(range.last);
}

base::Json to_json(YearRange range) {
    return {{"from", static_cast<std::uint64_t>(range.first)},
            {"to", static_cast<std::uint64_t>(range.last)}};
}

std::optional<YearRange> years_of(const Entry& entry, base::Date today) {
    const auto& [from, to] = entry.metadata.period;
    if (!from && !to) return std::nullopt;
    if (from && to && *to < *from) return std::nullopt;
    const base::Date begin = from ? *from : *to;
    const Kind* kind = catalogue().kind(entry.metadata.kind);
    const base::Date end = to && !(kind && kind->validity) ? *to : begin;
    const YearRange years{std::max(begin.year, kEarliestYear), std::min(end.year, today.year)};
    if (years.last < years.first) return std::nullopt;
    return years;
}

std::vector<YearRange> joined(std::vector<YearRange> ranges) {
    std::ranges::sort(ranges, {}, &YearRange::first);
    std::vector<YearRange> result;
    for (const YearRange& range : ranges) {
        if (!result.empty() && range.first <= result.back().last + 1) {
            result.back().last = std::max(result.back().last, range.last);
        } else {
            result.push_back(range);
        }
    }
    return result;
}

std::vector<YearRange> gaps_in(YearRange whole, const std::vector<YearRange>& covered) {
    std::vector<YearRange> gaps;
    int next = whole.first;
    for (const YearRange& range : covered) {
        const int last = std::min(range.first - 1, whole.last);
        if (next <= last) gaps.push_back({next, last});
        next = std::max(next, range.last + 1);
    }
    if (next <= whole.last) gaps.push_back({next, whole.last});
    return gaps;
}

std::vector<const Entry*> evidence(const std::vector<Entry>& entries) {
    std::set<DocumentId> standing;
    for (const Entry& entry : entries)
        if (!entry.erased) standing.insert(entry.id);
    std::vector<const Entry*> result;
    for (const Entry& entry : entries) {
        const bool derived = entry.metadata.translation || entry.metadata.redaction;
        const bool stands_in = entry.of && !standing.contains(*entry.of);
        if (!entry.erased && catalogue().is_evidence(entry.metadata.kind) &&
            (!derived || stands_in)) {
            result.push_back(&entry);
        }
    }
    return result;
}

}  // namespace kluis::dossier
