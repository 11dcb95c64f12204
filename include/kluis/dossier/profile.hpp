// The dossier's profile: whom it is about. The content of a document of kind `profile`, granted and
// sealed like any other; the newest counts.
//
// The file is one RFC 8785 JSON object in UTF-8 with a line end, at most 64 KiB:
//   "format"          0
//   "subjects"        list of {"born"?: year, "name"?: text, "role": text}; the applicant first
//   "since"?          year since when in the country
//   "city"?           city of stay
//   "languages"?      list of texts, as spoken, best first
//   "procedures"?     list of {"about": text, "outcome"?: text, "year"?: year}, in order
//   "representative"? {"contact"?: text, "name"?: text, "organisation"?: text}, at least one of
//   them
// Years are integers from 1850 to 9999. Texts are one line, never empty.
//
// Thread-safety: plain values and pure functions.
#pragma once

#include <kluis/dossier/catalogue.hpp>
#include <kluis/dossier/warning.hpp>

namespace kluis::dossier {

inline constexpr std::size_t kProfileLimit = 64 * 1024;
inline constexpr std::size_t kSubjectsLimit = 50;
inline constexpr std::size_t kLanguagesLimit = 20;
inline constexpr std::size_t kProceduresLimit = 100;
inline constexpr int kEarliestYear = 1850;

// The version of our own formats here; others are refused.
inline constexpr std::uint64_t kFormat = 0;

// An empty text is one that is not known.
struct Subject {
    std::string role;  // "applicant", "partner", "child", … ; free text
    std::string name;
    std::optional<int> born;

    friend bool operator==(const Subject&, const Subject&) = default;
};

struct Procedure {
    std::string about;
    std::string outcome;
    std::optional<int> year;

    friend bool operator==(const Procedure&, const Procedure&) = default;
};

struct Representative {
    std::string name;
    std::string organisation;
    std::string contact;

    bool known() const { return !name.empty() || !organisation.empty() || !contact.empty(); }
    friend bool operator==(const Representative&, const Representative&) = default;
};

struct Profile {
    std::vector<Subject> subjects;
    std::optional<int> since;
    std::string city;
    std::vector<std::string> languages;
    std::vector<Procedure> procedures;
    Representative representative;

    friend bool operator==(const Profile&, const Profile&) = default;
};

// The file. Throws Error(malformed) or Error(limit), naming the member, if it has no such form.
base::Bytes encode(const Profile& profile);

// A profile as written by encode, byte for byte. Throws Error(malformed), with the code
// "other-format" on a format that is not kFormat, or Error(limit).
Profile parse_profile(base::ByteView file);

// A profile as a person writes it: any JSON text with these members, `format` may be left out.
// Throws as parse_profile.
Profile read_profile(base::ByteView file);

base::Json to_json(const Profile& profile);

// Nobody in it; years after `today`; a stay or city that is missing; a city that is not among the
// jurisdiction's places.
std::vector<Warning> warnings(const Profile& profile, const Jurisdiction& jurisdiction,
                              base::Date today);

}  // namespace kluis::dossier
