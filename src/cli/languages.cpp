#include <kluis/base/text.hpp>

#include <cli/languages.hpp>

namespace kluis::cli {

namespace {

void add_languages(std::set<std::string>& languages, const dossier::Labels& labels) {
    for (const auto& [language, text] : labels.all()) {
        languages.insert(language);
    }
}

}  // namespace

std::set<std::string> criteria_languages() {
    std::set<std::string> languages;
    for (const auto& jurisdiction : dossier::catalogue().jurisdictions()) {
        for (const auto& criterion : jurisdiction.criteria) {
            add_languages(languages, criterion.label);
        }
    }
    return languages;
}

std::set<std::string> kind_languages() {
    std::set<std::string> languages;
    for (const auto& kind : dossier::catalogue().kinds()) {
        add_languages(languages, kind.label);
    }
    return languages;
}

void require_language(const std::string& language, const std::set<std::string>& languages) {
    if (languages.contains(language) ||
        languages.contains(language.substr(0, language.find('-')))) {
        return;
    }
    std::string all;
    for (const auto& known : languages) {
        all += (all.empty() ? "" : ", ") + known;
    }
    throw base::Error(base::ErrorKind::usage,
                      "there is no text in the language '" + base::printable(language) + "'",
                      "give one of these: " + all);
}

}  // namespace kluis::cli
