#include "vectors.hpp"

#include <kluis/base/file.hpp>

#include <cstdio>
#include <stdexcept>

namespace kluis::generate {

namespace {

constexpr std::size_t kCaseLimit = 16 * 1024 * 1024;

std::string canonical(const base::Json& json) {
    return base::canonical_json(json, base::JsonText::utf8);
}

// One member a line, and of lists one item a line, so that a change can be read.
std::string lines_of(const base::Json::Object& members) {
    std::string text = "{";
    const char* separator = "\n";
    for (const auto& [name, value] : members) {
        text += separator + ("  " + canonical(name) + ": ");
        separator = ",\n";
        if (!std::holds_alternative<base::Json::Array>(value.variant())) {
            text += canonical(value);
            continue;
        }
        const char* item_separator = "[\n";
        for (const base::Json& item : value.array(name)) {
            text += item_separator + ("    " + canonical(item));
            item_separator = ",\n";
        }
        text += value.array(name).empty() ? "[]" : "\n  ]";
    }
    return text + "\n}\n";
}

}  // namespace

void Vectors::add(const std::string& topic, const std::string& name, const std::string& comment,
                  const std::string& expect, base::Json::Object members) {
    members["comment"] = comment;
    members["expect"] = expect;
    if (!topics_[topic].emplace(name + ".json", lines_of(members)).second) {
        throw std::logic_error("two cases are called " + name);
    }
}

void Vectors::write(const std::filesystem::path& root) const {
    for (const auto& [topic, cases] : topics_) {
        std::filesystem::remove_all(root / topic);
        std::filesystem::create_directories(root / topic);
        for (const auto& [name, text] : cases) {
            base::write_file(root / topic / name, base::as_bytes(text), base::FileMode::shared,
                             base::Replace::no);
        }
    }
}

bool Vectors::are_in(const std::filesystem::path& root) const {
    bool same = true;
    const auto differs = [&](const std::filesystem::path& path, const char* how) {
        std::fprintf(stderr, "%s %s\n", path.c_str(), how);
        same = false;
    };
    for (const auto& [topic, cases] : topics_) {
        for (const auto& entry : std::filesystem::directory_iterator(root / topic)) {
            if (!cases.contains(entry.path().filename().native())) {
                differs(entry.path(), "is not generated");
            }
        }
        for (const auto& [name, text] : cases) {
            const auto path = root / topic / name;
            if (!std::filesystem::exists(path)) {
                differs(path, "is missing");
            } else if (base::to_string(base::read_file(path, kCaseLimit)) != text) {
                differs(path, "is another when generated");
            }
        }
    }
    return same;
}

}  // namespace kluis::generate
