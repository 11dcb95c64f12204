// What a person should know before going on. A warning never blocks: the domain warns, people
// decide.
//
// Thread-safety: plain values and pure functions.
#pragma once

#include <kluis/base/json.hpp>

#include <map>

namespace kluis::dossier {

// The codes and their parameters; the sentences are in src/dossier/data/texts.json:
//   of metadata    unknown-kind {kind}; unknown-criterion {criterion}; no-criterion; period-future
//                  {date}; period-reversed {from, to}; language-unclear {language}; type-unclear
//   of a profile   no-subject; no-since; since-future {year}; born-future {year}; no-city;
//                  city-outside {city, places}
//   of a sealing   those of each document and of the profile, and: no-documents; no-profile;
//                  necessary-missing {criterion}; gap {criterion, from, to}; gap-year {criterion,
//                  from}; pilot-undated; pilot-not-begun {date}; pilot-ended {date}; expired {date}
struct Warning {
    std::string code;
    std::map<std::string, std::string> parameters;  // codes, years, dates and places; never titles
    std::string document;  // the id of the document that it is about, in base32; else empty

    friend bool operator==(const Warning&, const Warning&) = default;
};

// The warning as one plain sentence in `language` (Labels' fallback applies), with criteria and
// kinds by their labels in the built-in catalogue. A parameter that came from a person is made
// printable.
std::string sentence(const Warning& warning, std::string_view language);

// {"code", "document"? , "parameters": {name: text}, "text": the English sentence}.
base::Json to_json(const Warning& warning);

}  // namespace kluis::dossier
