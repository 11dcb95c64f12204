// What a person should see before a case goes to the Commission: the advice has no appeal, so what
// is missing must be visible before it is sent.
//
// Thread-safety: pure function.
#pragma once

#include <kluis/dossier/coverage.hpp>

namespace kluis::dossier {

// `entries`: the documents that would be sealed. `profile`: null if none is among them. In this
// order: what is missing of the whole, gaps, the profile, the jurisdiction's places and dates, then
// each document's own warnings. Empty: nothing to say. Warnings never block.
std::vector<Warning> check_sealing(const std::vector<Entry>& entries,
                                   const Jurisdiction& jurisdiction, const Profile* profile,
                                   base::Date today);

}  // namespace kluis::dossier
