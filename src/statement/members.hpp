// Members of our JSON objects as values: reading each in its one spelling, and writing it.
#pragma once

#include <kluis/base/json.hpp>
#include <kluis/base/time.hpp>
#include <kluis/statement/card.hpp>

#include <optional>

namespace kluis::statement {

// --- reading; each throws Error(malformed) ---

template <class Id>
Id id_member(base::JsonMembers& members, std::string_view name) {
    return parse_id<Id>(members.string(name));
}

template <class Fixed>
Fixed hex_member(base::JsonMembers& members, std::string_view name) {
    return base::from_hex<Fixed>(members.string(name), name);
}

template <class Fixed>
Fixed base64_member(base::JsonMembers& members, std::string_view name) {
    return base::from_base64<Fixed>(members.string(name), name);
}

base::Time time_member(base::JsonMembers& members, std::string_view name);
Card card_member(base::JsonMembers& members, std::string_view name);

// A number that is at least 1.
std::uint64_t count_member(base::JsonMembers& members, std::string_view name);

// What `read` makes of the member, or nothing if it is absent.
template <class Read>
auto optional_member(base::JsonMembers& members, std::string_view name, Read read)
    -> std::optional<decltype(read(members, name))> {
    if (!members.optional(name)) return std::nullopt;
    return read(members, name);
}

enum class Empty { refused, allowed };

// A set of ids: strictly ascending by text.
template <class Id>
std::vector<Id> id_set_member(base::JsonMembers& members, std::string_view name, Empty empty) {
    std::vector<Id> ids;
    std::string_view last;
    for (const base::Json& item : members.required(name).array(name)) {
        const std::string& text = item.string(name);
        ids.push_back(parse_id<Id>(text));
        if (text <= last) {
            throw base::Error(base::ErrorKind::malformed,
                              std::string(name) + " is not in ascending order");
        }
        last = text;
    }
    if (ids.empty() && empty == Empty::refused) {
        throw base::Error(base::ErrorKind::malformed, std::string(name) + " is empty");
    }
    return ids;
}

// --- writing ---

inline base::Json hex_json(base::ByteView bytes) {
    return base::hex_encode(bytes);
}
inline base::Json base64_json(base::ByteView bytes) {
    return base::base64_encode(bytes);
}

template <class Id>
base::Json id_set_json(std::vector<Id> ids) {
    std::ranges::sort(ids, TextOrder());
    base::Json::Array items;
    items.reserve(ids.size());
    for (const Id& id : ids)
        items.emplace_back(to_text(id));
    return items;
}

// The payload of a signed message: canonical ASCII JSON.
base::Bytes payload_of(base::Json::Object members);

}  // namespace kluis::statement
