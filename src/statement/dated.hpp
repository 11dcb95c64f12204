// The members that everything with dates of trust shares: `from`, and `until` if there is one.
#pragma once

#include <kluis/statement/card_set.hpp>

namespace kluis::statement {

// Read `card`, `from`, `until`?; throw Error(malformed).
DatedCard read_dated_card(base::JsonMembers& members);
void read_dates(base::JsonMembers& members, base::Time& from, std::optional<base::Time>& until);

base::Json::Object dated_members(const DatedCard& dated);
void write_dates(base::Json::Object& members, base::Time from,
                 const std::optional<base::Time>& until);

}  // namespace kluis::statement
