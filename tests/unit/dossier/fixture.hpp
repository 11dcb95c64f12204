// Documents and jurisdictions for the tests of the domain.
#pragma once

#include "support/refusal.hpp"

#include <kluis/dossier/entry.hpp>
#include <kluis/dossier/profile.hpp>

#include <algorithm>

namespace kluis::dossier {

inline constexpr base::Date kToday{2026, 11, 23};

inline Metadata some_metadata() {
    Metadata metadata;
    metadata.title = "Brief";
    metadata.name = "brief.pdf";
    metadata.type = "application/pdf";
    metadata.kind = "letter-of-support";
    metadata.criteria = {"rootedness"};
    return metadata;
}

// A document whose id is 16 times `number`.
inline Entry entry(std::uint8_t number, std::set<std::string> criteria, Period period = {}) {
    Entry result;
    std::ranges::fill(result.id.writable(), number);
    result.metadata = some_metadata();
    result.metadata.criteria = std::move(criteria);
    result.metadata.period = period;
    return result;
}

inline Period years(int from, int to) {
    return {base::Date{from, 1, 1}, base::Date{to, 12, 31}};
}

inline const Jurisdiction& netherlands() {
    return jurisdiction(kDefaultJurisdiction);
}
inline const Jurisdiction& berlin() {
    return jurisdiction("de-be-haertefallkommission");
}

inline Profile profile_since(int since) {
    Profile profile;
    profile.subjects = {{"applicant", "J.", 1951}};
    profile.since = since;
    profile.city = "Amsterdam";
    return profile;
}

inline std::vector<std::string> codes(const std::vector<Warning>& warnings) {
    std::vector<std::string> result;
    for (const Warning& warning : warnings)
        result.push_back(warning.code);
    return result;
}

using Codes = std::vector<std::string>;

inline base::Bytes bytes(std::string_view text) {
    return base::to_bytes(text);
}

}  // namespace kluis::dossier
