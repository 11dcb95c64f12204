// Checks on the texts that people and strangers give, in one voice.
#pragma once

#include <kluis/base/json.hpp>

#include <optional>

namespace kluis::dossier {

enum class Characters {
    line,       // no control characters
    paragraph,  // line breaks (LF) and tabs, no other control characters
    any,        // all but NUL
};

// Number of code points. REQUIRES: valid UTF-8.
std::size_t length(std::string_view text);

// Throws Error(limit) if `text` is longer than `most` code points, Error(malformed) if it is empty,
// is not UTF-8 or holds other characters. `what` names it.
void require_text(std::string_view text, std::size_t most, Characters characters,
                  std::string_view what);

// As require_text, but an empty text is one that is not known.
void require_optional_text(std::string_view text, std::size_t most, Characters characters,
                           std::string_view what);

// Throws Error(malformed) unless `text` is_code.
void require_code(std::string_view text, std::string_view what);

// The member as a year; throws Error(malformed) outside kEarliestYear to 9999.
std::optional<int> optional_year(base::JsonMembers& members, std::string_view name);
int year_of(const base::Json& json, std::string_view what);

}  // namespace kluis::dossier
