#include "labels.hpp"

#include <kluis/base/text.hpp>
#include <kluis/dossier/catalogue.hpp>
#include <kluis/dossier/warning.hpp>

namespace kluis::dossier {
namespace {

// A code's label where it has one; all else as it is, made printable: much of it came from people.
std::string shown(const std::string& name, const std::string& value, std::string_view language) {
    if (name == "criterion") {
        if (const Labels* label = catalogue().criterion_label(value)) {
            return std::string(label->in(language));
        }
    }
    if (name == "kind") {
        if (const Kind* kind = catalogue().kind(value))
            return std::string(kind->label.in(language));
    }
    return base::printable(value);
}

}  // namespace

std::string sentence(const Warning& warning, std::string_view language) {
    std::map<std::string, std::string> values;
    for (const auto& [name, value] : warning.parameters)
        values[name] = shown(name, value, language);
    return filled(text_named("warnings", warning.code).in(language), values);
}

base::Json to_json(const Warning& warning) {
    base::Json json{{"code", warning.code},
                    {"parameters", base::Json::Object{}},
                    {"text", sentence(warning, "en")}};
    for (const auto& [name, value] : warning.parameters)
        json["parameters"][name] = value;
    if (!warning.document.empty()) json["document"] = warning.document;
    return json;
}

}  // namespace kluis::dossier
