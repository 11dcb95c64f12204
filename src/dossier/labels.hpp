// Labels from the catalogue's JSON: an object of language codes and texts, English always.
#pragma once

#include <kluis/dossier/catalogue.hpp>

namespace kluis::dossier {

// Throws Error(malformed).
Labels parse_labels(const base::Json& json);

// `pattern` with each {name} replaced by its value, in one pass. Throws Error(internal) on a name
// without a value: the data and the code do not agree.
std::string filled(std::string_view pattern, const std::map<std::string, std::string>& values);

// A text of src/dossier/data/texts.json: `group` is "warnings" or "wish-list". Throws
// Error(internal) if there is none.
const Labels& text_named(std::string_view group, std::string_view name);

}  // namespace kluis::dossier
