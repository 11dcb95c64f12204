#include "embedded.hpp"
#include "labels.hpp"

#include <kluis/dossier/catalogue.hpp>

namespace kluis::dossier {
namespace {

using base::Error;
using base::ErrorKind;

using Texts = std::map<std::string, std::map<std::string, Labels, std::less<>>, std::less<>>;

Texts parse_texts() {
    const base::Json file = base::parse_json(embedded::texts[0], "texts");
    base::JsonMembers members(file, "texts");
    members.optional("about");
    Texts texts;
    for (const std::string_view group : {"warnings", "wish-list"}) {
        auto& of_group = texts[std::string(group)];
        for (const auto& [name, label] : members.required(group).object(group))
            of_group.emplace(name, parse_labels(label));
    }
    members.finish();
    return texts;
}

}  // namespace

const Catalogue& catalogue() {
    static const Catalogue built_in(embedded::criteria[0], embedded::kinds[0],
                                    embedded::jurisdictions);
    return built_in;
}

const Jurisdiction& jurisdiction(std::string_view code) {
    if (const Jurisdiction* found = catalogue().jurisdiction(code)) return *found;
    std::string known;
    for (const Jurisdiction& each : catalogue().jurisdictions())
        (known += known.empty() ? "" : ", ") += each.code;
    throw Error(ErrorKind::usage, "this program knows no jurisdiction of that code",
                "choose one of " + known);
}

std::string filled(std::string_view pattern, const std::map<std::string, std::string>& values) {
    std::string result;
    for (std::size_t open = pattern.find('{'); open != std::string_view::npos;
         open = pattern.find('{')) {
        const std::size_t close = std::min(pattern.find('}', open), pattern.size() - 1);
        const auto value = values.find(std::string(pattern.substr(open + 1, close - open - 1)));
        if (value == values.end()) {
            throw Error(ErrorKind::internal, "a text of the domain asks for an unknown value");
        }
        (result += pattern.substr(0, open)) += value->second;
        pattern.remove_prefix(close + 1);
    }
    return result += pattern;
}

const Labels& text_named(std::string_view group, std::string_view name) {
    static const Texts texts = parse_texts();
    const auto& of_group = texts.at(std::string(group));
    const auto found = of_group.find(name);
    if (found == of_group.end()) {
        throw Error(ErrorKind::internal, "the domain has no text '" + std::string(name) + "'");
    }
    return found->second;
}

}  // namespace kluis::dossier
