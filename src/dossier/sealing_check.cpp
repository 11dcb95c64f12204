#include <kluis/dossier/sealing_check.hpp>

namespace kluis::dossier {
namespace {

void append(std::vector<Warning>& to, std::vector<Warning> more) {
    std::ranges::move(more, std::back_inserter(to));
}

std::vector<Warning> missing(const Coverage& coverage) {
    std::vector<Warning> found;
    if (coverage.documents == 0) found.push_back({"no-documents", {}, {}});
    for (const CriterionCoverage& criterion : coverage.criteria) {
        if (criterion.necessary && criterion.missing()) {
            found.push_back({"necessary-missing", {{"criterion", criterion.criterion}}, {}});
        }
    }
    return found;
}

// Gaps of what has some evidence; a weighing criterion without any is not part of this case.
std::vector<Warning> gaps(const Coverage& coverage) {
    std::vector<Warning> found;
    for (const CriterionCoverage& criterion : coverage.criteria) {
        if (criterion.missing()) continue;
        for (const YearRange& gap : criterion.gaps) {
            Warning warning{
                gap.first == gap.last ? "gap-year" : "gap",
                {{"criterion", criterion.criterion}, {"from", std::to_string(gap.first)}},
                {}};
            if (gap.first != gap.last) warning.parameters["to"] = std::to_string(gap.last);
            found.push_back(std::move(warning));
        }
    }
    return found;
}

std::vector<Warning> dates(const Jurisdiction& jurisdiction, base::Date today) {
    if (!jurisdiction.pilot) return {};
    const Pilot& pilot = *jurisdiction.pilot;
    if (!pilot.from && !pilot.to) return {{"pilot-undated", {}, {}}};
    if (pilot.from && today < *pilot.from) {
        return {{"pilot-not-begun", {{"date", to_string(*pilot.from)}}, {}}};
    }
    if (pilot.to && *pilot.to < today) {
        return {{"pilot-ended", {{"date", to_string(*pilot.to)}}, {}}};
    }
    return {};
}

std::vector<Warning> of_document(const Entry& entry, const Jurisdiction& jurisdiction,
                                 base::Date today) {
    std::vector<Warning> found = warnings(entry.metadata, jurisdiction, today);
    const Kind* kind = catalogue().kind(entry.metadata.kind);
    const auto& valid_to = entry.metadata.period.to;
    if (kind && kind->validity && valid_to && *valid_to < today) {
        found.push_back({"expired", {{"date", to_string(*valid_to)}}, {}});
    }
    for (Warning& warning : found)
        warning.document = statement::to_text(entry.id);
    return found;
}

}  // namespace

std::vector<Warning> check_sealing(const std::vector<Entry>& entries,
                                   const Jurisdiction& jurisdiction, const Profile* profile,
                                   base::Date today) {
    const Coverage covered = coverage(entries, jurisdiction, profile, today);
    std::vector<Warning> found = missing(covered);
    append(found, gaps(covered));
    append(found, profile ? warnings(*profile, jurisdiction, today)
                          : std::vector<Warning>{{"no-profile", {}, {}}});
    append(found, dates(jurisdiction, today));
    for (const Entry& entry : entries)
        if (!entry.erased) append(found, of_document(entry, jurisdiction, today));
    return found;
}

}  // namespace kluis::dossier
