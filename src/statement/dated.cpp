#include "dated.hpp"

#include "members.hpp"

namespace kluis::statement {

void read_dates(base::JsonMembers& members, base::Time& from, std::optional<base::Time>& until) {
    from = time_member(members, "from");
    until = optional_member(members, "until", time_member);
    if (until && *until < from) {
        throw base::Error(base::ErrorKind::malformed, "an entry ends before it begins");
    }
}

DatedCard read_dated_card(base::JsonMembers& members) {
    DatedCard dated;
    dated.card = card_member(members, "card");
    read_dates(members, dated.from, dated.until);
    return dated;
}

void write_dates(base::Json::Object& members, base::Time from,
                 const std::optional<base::Time>& until) {
    members["from"] = base::to_string(from);
    if (until) members["until"] = base::to_string(*until);
}

base::Json::Object dated_members(const DatedCard& dated) {
    base::Json::Object members{{"card", to_json(dated.card)}};
    write_dates(members, dated.from, dated.until);
    return members;
}

}  // namespace kluis::statement
