#include <kluis/base/json.hpp>

namespace kluis::base {
namespace {

template <class T, class Value>
const T& get(const Value& value, std::string_view what, const char* expected) {
    if (const T* found = std::get_if<T>(&value)) return *found;
    throw Error(ErrorKind::malformed, std::string(what) + " is not " + expected);
}

std::string member_of(std::string_view object, std::string_view name) {
    return "'" + std::string(name) + "' of " + std::string(object);
}

}  // namespace

const std::string& Json::string(std::string_view what) const {
    return get<std::string>(value_, what, "a string");
}

std::uint64_t Json::integer(std::string_view what) const {
    return get<std::uint64_t>(value_, what, "a whole number");
}

bool Json::boolean(std::string_view what) const {
    return get<bool>(value_, what, "true or false");
}

const Json::Array& Json::array(std::string_view what) const {
    return get<Array>(value_, what, "a list");
}

const Json::Object& Json::object(std::string_view what) const {
    return get<Object>(value_, what, "an object");
}

Json& Json::operator[](std::string_view member) {
    auto* members = std::get_if<Object>(&value_);
    if (!members) throw Error(ErrorKind::internal, "a JSON value that is no object has no members");
    const auto found = members->find(member);
    return found != members->end() ? found->second : (*members)[std::string(member)];
}

void Json::put_text(std::string_view member, const std::string& text) {
    if (!text.empty()) (*this)[member] = text;
}

JsonMembers::JsonMembers(const Json& json, std::string_view what)
    : members_(json.object(what)), what_(what) {}

const Json& JsonMembers::required(std::string_view name) {
    if (const Json* member = optional(name)) return *member;
    throw Error(ErrorKind::malformed, std::string(what_) + " lacks '" + std::string(name) + "'");
}

const std::string& JsonMembers::string(std::string_view name) {
    return required(name).string(member_of(what_, name));
}

std::uint64_t JsonMembers::integer(std::string_view name) {
    return required(name).integer(member_of(what_, name));
}

const Json* JsonMembers::optional(std::string_view name) {
    const auto found = members_.find(name);
    if (found == members_.end()) return nullptr;
    taken_.insert(&found->second);
    return &found->second;
}

std::string JsonMembers::optional_text(std::string_view name) {
    const Json* json = optional(name);
    if (!json) return {};
    const std::string& text = json->string(member_of(what_, name));
    if (text.empty()) {
        throw Error(ErrorKind::malformed, member_of(what_, name) + " is empty");
    }
    return text;
}

void JsonMembers::finish() const {
    if (taken_.size() != members_.size()) {
        throw Error(ErrorKind::malformed,
                    std::string(what_) + " has a member that does not belong there");
    }
}

}  // namespace kluis::base
