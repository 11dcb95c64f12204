// The languages in which labels are shown.
//
// Thread-safety: pure functions.
#pragma once

#include <kluis/dossier/catalogue.hpp>

#include <set>
#include <string>

namespace kluis::cli {

// Those in which the criteria of some jurisdiction have labels; and those in which the kinds of
// evidence have, as the text of a wish list does.
std::set<std::string> criteria_languages();
std::set<std::string> kind_languages();

// Throws Error(usage), naming them, unless `language`, or its base ("nl" of "nl-BE"), is one of
// `languages`: else a person would be shown another one without a word.
void require_language(const std::string& language, const std::set<std::string>& languages);

}  // namespace kluis::cli
