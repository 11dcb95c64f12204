#include "members.hpp"

namespace kluis::statement {

base::Time time_member(base::JsonMembers& members, std::string_view name) {
    return base::parse_time(members.string(name), name);
}

Card card_member(base::JsonMembers& members, std::string_view name) {
    return parse_card(members.required(name));
}

std::uint64_t count_member(base::JsonMembers& members, std::string_view name) {
    const std::uint64_t count = members.integer(name);
    if (count == 0) {
        throw base::Error(base::ErrorKind::malformed, std::string(name) + " is zero");
    }
    return count;
}

base::Bytes payload_of(base::Json::Object members) {
    return base::to_bytes(base::canonical_json(std::move(members), base::JsonText::ascii));
}

}  // namespace kluis::statement
