// The shared vectors of tests/vectors: one case per file, in JSON.
#pragma once

#include <kluis/base/encoding.hpp>
#include <kluis/base/file.hpp>
#include <kluis/base/json.hpp>

#include <algorithm>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

namespace kluis::test {

struct Vector {
    std::string name;
    base::Json json;

    const std::string& text(std::string_view member) const {
        return json.object(name).at(std::string(member)).string(member);
    }
    std::uint64_t number(std::string_view member) const {
        return json.object(name).at(std::string(member)).integer(member);
    }
    bool has(std::string_view member) const {
        return json.object(name).contains(std::string(member));
    }
    base::Bytes bytes(std::string_view member) const {
        return base::hex_decode(text(member), member);
    }
};

// Every case of tests/vectors/<topic>, by name. Throws if there is none.
inline std::vector<Vector> vectors(const std::string& topic) {
    std::vector<Vector> found;
    const auto folder = std::filesystem::path(KLUIS_TEST_DATA) / "vectors" / topic;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        if (entry.path().extension() != ".json") continue;
        const base::Bytes bytes = base::read_file(entry.path(), 64 * 1024 * 1024);
        found.push_back({entry.path().stem().native(), base::parse_json(bytes, "vector")});
    }
    if (found.empty()) throw std::runtime_error("no vectors in " + folder.native());
    std::ranges::sort(found, {}, &Vector::name);
    return found;
}

}  // namespace kluis::test
