#include <kluis/dossier/media_type.hpp>
#include <kluis/dossier/metadata.hpp>

namespace kluis::dossier {
namespace {

bool is_alphanumeric(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

// The shape of a BCP 47 tag: a primary language of two or three letters, subtags of at most eight.
bool is_language_tag(std::string_view tag) {
    for (bool primary = true;; primary = false) {
        const std::string_view part = tag.substr(0, tag.find('-'));
        const std::size_t most = primary ? 3 : 8;
        if (part.empty() || part.size() > most || !std::ranges::all_of(part, is_alphanumeric)) {
            return false;
        }
        if (primary && part.size() < 2) return false;
        if (part.size() == tag.size()) return true;
        tag.remove_prefix(part.size() + 1);
    }
}

// type "/" subtype (RFC 6838), without parameters.
bool is_media_type(std::string_view type) {
    const std::size_t slash = type.find('/');
    const auto is_name = [](std::string_view name) {
        return !name.empty() && is_alphanumeric(name[0]) && std::ranges::all_of(name, [](char c) {
            return is_alphanumeric(c) ||
                   std::string_view("!#$&-^_.+").find(c) != std::string_view::npos;
        });
    };
    return slash != std::string_view::npos && is_name(type.substr(0, slash)) &&
           is_name(type.substr(slash + 1));
}

}  // namespace

std::vector<Warning> warnings(const Metadata& metadata, const Jurisdiction& jurisdiction,
                              base::Date today) {
    std::vector<Warning> found;
    const bool evidence = catalogue().is_evidence(metadata.kind);
    if (!catalogue().kind(metadata.kind)) {
        found.push_back({"unknown-kind", {{"kind", metadata.kind}}, {}});
    }
    if (evidence && metadata.criteria.empty()) found.push_back({"no-criterion", {}, {}});
    for (const std::string& criterion : metadata.criteria) {
        if (!jurisdiction.criterion(criterion)) {
            found.push_back({"unknown-criterion", {{"criterion", criterion}}, {}});
        }
    }
    const auto& [from, to] = metadata.period;
    if (from && *from > today) {
        found.push_back({"period-future", {{"date", to_string(*from)}}, {}});
    }
    if (from && to && *to < *from) {
        found.push_back(
            {"period-reversed", {{"from", to_string(*from)}, {"to", to_string(*to)}}, {}});
    }
    if (!metadata.language.empty() && !is_language_tag(metadata.language)) {
        found.push_back({"language-unclear", {{"language", metadata.language}}, {}});
    }
    if (metadata.type == kUnknownMediaType || !is_media_type(metadata.type)) {
        found.push_back({"type-unclear", {}, {}});
    }
    return found;
}

}  // namespace kluis::dossier
