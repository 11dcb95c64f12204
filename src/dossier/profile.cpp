#include "text.hpp"

#include <kluis/dossier/profile.hpp>

namespace kluis::dossier {
namespace {

using base::Error;
using base::ErrorKind;
using base::Json;
using base::JsonMembers;

constexpr std::size_t kLineLimit = 300;

void require_line(std::string_view text, std::string_view what) {
    require_optional_text(text, kLineLimit, Characters::line, what);
}

std::string optional_line(JsonMembers& members, std::string_view name) {
    std::string text = members.optional_text(name);
    require_line(text, "'" + std::string(name) + "'");
    return text;
}

std::string required_line(const std::string& text, std::string_view name) {
    require_text(text, kLineLimit, Characters::line, "'" + std::string(name) + "'");
    return text;
}

// The items of a list; a list that is there is not empty and has at most `most` items.
const Json::Array& items(const Json* json, std::size_t most, std::string_view name) {
    static const Json::Array none;
    if (!json) return none;
    const Json::Array& list = json->array(name);
    if (list.empty()) throw Error(ErrorKind::malformed, "'" + std::string(name) + "' is empty");
    if (list.size() > most) {
        throw Error(ErrorKind::limit,
                    "'" + std::string(name) + "' has more than " + std::to_string(most) + " items");
    }
    return list;
}

Subject parse_subject(const Json& json) {
    JsonMembers members(json, "a subject");
    Subject subject;
    subject.role = required_line(members.string("role"), "role");
    subject.name = optional_line(members, "name");
    subject.born = optional_year(members, "born");
    members.finish();
    return subject;
}

Procedure parse_procedure(const Json& json) {
    JsonMembers members(json, "a procedure");
    Procedure procedure;
    procedure.about = required_line(members.string("about"), "about");
    procedure.outcome = optional_line(members, "outcome");
    procedure.year = optional_year(members, "year");
    members.finish();
    return procedure;
}

Representative parse_representative(const Json& json) {
    JsonMembers members(json, "the representative");
    Representative representative;
    representative.name = optional_line(members, "name");
    representative.organisation = optional_line(members, "organisation");
    representative.contact = optional_line(members, "contact");
    members.finish();
    if (!representative.known()) {
        throw Error(ErrorKind::malformed, "'representative' is empty");
    }
    return representative;
}

// REQUIRES: `format` was taken from `members`.
Profile parse_members(JsonMembers& members) {
    Profile profile;
    const Json& subjects = members.required("subjects");
    if (!subjects.array("subjects").empty()) {
        for (const Json& item : items(&subjects, kSubjectsLimit, "subjects"))
            profile.subjects.push_back(parse_subject(item));
    }
    profile.since = optional_year(members, "since");
    profile.city = optional_line(members, "city");
    for (const Json& item : items(members.optional("languages"), kLanguagesLimit, "languages"))
        profile.languages.push_back(required_line(item.string("a language"), "languages"));
    for (const Json& item : items(members.optional("procedures"), kProceduresLimit, "procedures"))
        profile.procedures.push_back(parse_procedure(item));
    if (const Json* json = members.optional("representative")) {
        profile.representative = parse_representative(*json);
    }
    members.finish();
    return profile;
}

void require_format(const Json& format) {
    if (format.integer("format") != kFormat) {
        throw Error(ErrorKind::malformed,
                    "the profile has a format that this program does not know")
            .with_code("other-format");
    }
}

void require_size(base::ByteView file) {
    if (file.size() > kProfileLimit) {
        throw Error(ErrorKind::limit,
                    "the profile is longer than " + std::to_string(kProfileLimit / 1024) + " KiB");
    }
}

void put(Json& json, std::string_view name, const std::string& text) {
    if (!text.empty()) json[name] = text;
}

void put(Json& json, std::string_view name, const std::optional<int>& year) {
    if (year) json[name] = static_cast<std::uint64_t>(*year);
}

Json to_json(const Subject& subject) {
    Json json{{"role", subject.role}};
    put(json, "name", subject.name);
    put(json, "born", subject.born);
    return json;
}

Json to_json(const Procedure& procedure) {
    Json json{{"about", procedure.about}};
    put(json, "outcome", procedure.outcome);
    put(json, "year", procedure.year);
    return json;
}

template <class T>
Json::Array list_of(const std::vector<T>& values) {
    Json::Array list;
    for (const T& value : values)
        list.push_back(to_json(value));
    return list;
}

}  // namespace

Json to_json(const Profile& profile) {
    Json json{{"format", kFormat}, {"subjects", list_of(profile.subjects)}};
    put(json, "since", profile.since);
    put(json, "city", profile.city);
    if (!profile.languages.empty()) {
        json["languages"] = Json::Array(profile.languages.begin(), profile.languages.end());
    }
    if (!profile.procedures.empty()) json["procedures"] = list_of(profile.procedures);
    if (profile.representative.known()) {
        Json& json_of = json["representative"];
        put(json_of, "name", profile.representative.name);
        put(json_of, "organisation", profile.representative.organisation);
        put(json_of, "contact", profile.representative.contact);
    }
    return json;
}

base::Bytes encode(const Profile& profile) {
    const Json json = to_json(profile);
    JsonMembers members(json, "the profile");
    members.optional("format");
    parse_members(members);
    base::Bytes file = base::to_bytes(canonical_json(json, base::JsonText::utf8) + "\n");
    require_size(file);
    return file;
}

Profile parse_profile(base::ByteView file) {
    require_size(file);
    if (file.empty() || file.back() != '\n') {
        throw Error(ErrorKind::malformed, "the profile does not end with a line end");
    }
    const Json json = base::parse_canonical_json(file.first(file.size() - 1), base::JsonText::utf8,
                                                 "the profile");
    JsonMembers members(json, "the profile");
    require_format(members.required("format"));
    return parse_members(members);
}

Profile read_profile(base::ByteView file) {
    require_size(file);
    const Json json = base::parse_json(file, "the profile");
    JsonMembers members(json, "the profile");
    if (const Json* format = members.optional("format")) require_format(*format);
    return parse_members(members);
}

std::vector<Warning> warnings(const Profile& profile, const Jurisdiction& jurisdiction,
                              base::Date today) {
    std::vector<Warning> found;
    const auto warn_future = [&](const char* code, const std::optional<int>& year) {
        if (year && *year > today.year) {
            found.push_back({code, {{"year", std::to_string(*year)}}, {}});
        }
    };
    if (profile.subjects.empty()) found.push_back({"no-subject", {}, {}});
    for (const Subject& subject : profile.subjects)
        warn_future("born-future", subject.born);
    if (!profile.since) found.push_back({"no-since", {}, {}});
    warn_future("since-future", profile.since);
    if (profile.city.empty()) {
        found.push_back({"no-city", {}, {}});
    } else if (!jurisdiction.has_place(profile.city)) {
        std::string places;
        for (const std::string& place : jurisdiction.places)
            (places += places.empty() ? "" : ", ") += place;
        found.push_back({"city-outside", {{"city", profile.city}, {"places", places}}, {}});
    }
    return found;
}

}  // namespace kluis::dossier
