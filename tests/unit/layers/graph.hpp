// The layer graph of src/layers.json.
#pragma once

#include <kluis/base/bytes.hpp>

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace kluis::layers {

struct Layer {
    bool is_public = false;
    std::vector<std::string> may;
};

struct Ban {
    std::string from;
    std::string to;
    std::string because;
};

struct Graph {
    std::map<std::string, Layer> layers;
    std::vector<std::string> order;  // as the table has them
    std::vector<Ban> bans;

    // All that `layer` reaches by its arrows, without itself.
    std::set<std::string> below(const std::string& layer) const;

    // The layer that `path` lies in (the longest name that it begins with, as whole folders).
    std::optional<std::string> layer_of(std::string_view path) const;
};

// Throws Error(malformed) if the table has another form than expected.
Graph parse_graph(base::ByteView json);

}  // namespace kluis::layers
