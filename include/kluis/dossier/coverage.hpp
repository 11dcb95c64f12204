// Coverage: which criteria of a jurisdiction have evidence, for which years, and what is missing.
//
// Thread-safety: plain values and pure functions.
#pragma once

#include <kluis/dossier/entry.hpp>
#include <kluis/dossier/profile.hpp>

namespace kluis::dossier {

struct CriterionCoverage {
    std::string criterion;
    bool necessary = false;
    std::vector<DocumentId> documents;  // ascending by id as text
    std::vector<YearRange> covered;
    std::vector<YearRange> gaps;  // as the criterion's Gaps asks

    bool missing() const { return documents.empty(); }
};

struct Coverage {
    std::string jurisdiction;
    std::vector<CriterionCoverage> criteria;  // all of the jurisdiction's, in its order
    std::vector<DocumentId> unplaced;  // evidence that names no criterion of this jurisdiction
    std::size_t documents = 0;         // evidence, counted once each
};

// `profile` may be null: then a stay begins with the first year that any evidence covers.
Coverage coverage(const std::vector<Entry>& entries, const Jurisdiction& jurisdiction,
                  const Profile* profile, base::Date today);

// {"criteria": [{"covered": [{"from", "to"}…], "criterion", "documents": [id…], "gaps": […],
// "missing": boolean, "necessary": boolean}…], "documents": number, "jurisdiction", "unplaced":
// [id…]}.
base::Json to_json(const Coverage& coverage);

}  // namespace kluis::dossier
