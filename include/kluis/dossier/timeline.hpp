// The timeline: year by year what there is, and where there is nothing.
//
// Thread-safety: plain values and pure functions.
#pragma once

#include <kluis/dossier/entry.hpp>
#include <kluis/dossier/profile.hpp>

namespace kluis::dossier {

struct TimelineYear {
    int year = 0;
    std::vector<DocumentId> documents;  // by the beginning of their period, then by id as text
};

struct Timeline {
    std::vector<TimelineYear> years;  // only those with documents, ascending
    std::vector<YearRange> gaps;      // years without, from the stay's beginning to this year
    std::vector<DocumentId> undated;  // evidence without a period that can be placed
};

// The stay begins with the profile's `since`; without, with the earliest period. Documents about
// earlier years are in `years`, but no gap lies before the stay.
Timeline timeline(const std::vector<Entry>& entries, const Profile* profile, base::Date today);

// A list, in order of time: {"documents": [id…], "year": number} for a year with documents and
// {"from": year, "gap": true, "to": year} for a gap; last {"documents": [id…], "undated": true},
// where there are any.
base::Json to_json(const Timeline& timeline);

}  // namespace kluis::dossier
