// A document as the domain sees it: what the chain says of it and what its metadata says. What
// coverage, timeline and sealing check work on.
//
// Thread-safety: plain values and pure functions.
#pragma once

#include <kluis/chain/state.hpp>
#include <kluis/dossier/metadata.hpp>

namespace kluis::dossier {

using statement::Fingerprint;

struct Entry {
    DocumentId id;
    Metadata metadata;
    base::Time deposited;  // as the depositor claims
    Fingerprint depositor;
    bool through_link = false;  // deposited by whoever held a link
    Fingerprint describer;
    bool erased = false;  // counts for nothing
    // The document that this is a translation or redaction of, where the owner's notes tell.
    std::optional<DocumentId> of;
};

// From the chain's state and the metadata that counts now.
Entry make_entry(const chain::DocumentState& state, Metadata metadata);

// An inclusive range of years.
struct YearRange {
    int first = 0;
    int last = 0;

    friend bool operator==(const YearRange&, const YearRange&) = default;
};

// "1984" or "1984-1992".
std::string to_string(YearRange range);
// {"from": year, "to": year}.
base::Json to_json(YearRange range);

// The years that an entry's period covers, none after `today` and none before kEarliestYear. Of a
// period of which one end is unknown only the year of the other: that a paper dates from 1992 does
// not show the years after it. Of a kind whose period is its validity only the first year. Nothing
// if there is no period, or it ends before it begins.
std::optional<YearRange> years_of(const Entry& entry, base::Date today);

// Sorted, and joined where they touch or overlap.
std::vector<YearRange> joined(std::vector<YearRange> ranges);
// What `whole` has and `covered` (as from `joined`) has not.
std::vector<YearRange> gaps_in(YearRange whole, const std::vector<YearRange>& covered);

// The entries that count as evidence, in their order: not erased, of a kind that is evidence, and
// no translation or redaction, unless the document that it is of is known and not among the entries
// (a redaction that goes to the Commission in place of the original counts).
std::vector<const Entry*> evidence(const std::vector<Entry>& entries);

}  // namespace kluis::dossier
