#include "graph.hpp"

#include <kluis/base/json.hpp>

namespace kluis::layers {

std::set<std::string> Graph::below(const std::string& layer) const {
    std::set<std::string> reached;
    std::vector<std::string> open = layers.at(layer).may;
    while (!open.empty()) {
        const std::string next = open.back();
        open.pop_back();
        if (!reached.insert(next).second) continue;
        const auto& more = layers.at(next).may;
        open.insert(open.end(), more.begin(), more.end());
    }
    return reached;
}

std::optional<std::string> Graph::layer_of(std::string_view path) const {
    std::optional<std::string> found;
    for (const auto& [name, layer] : layers) {
        if (path.starts_with(name + "/") && (!found || name.size() > found->size())) found = name;
    }
    return found;
}

Graph parse_graph(base::ByteView json) {
    const base::Json root = base::parse_json(json, "layer table");
    base::JsonMembers table(root, "layer table");
    table.string("about");
    Graph graph;
    for (const base::Json& item : table.required("layers").array("layers")) {
        base::JsonMembers row(item, "layer");
        const std::string& name = row.string("name");
        Layer layer{row.required("public").boolean("public"), {}};
        for (const base::Json& below : row.required("may").array("may")) {
            layer.may.push_back(below.string("arrow"));
        }
        row.finish();
        graph.order.push_back(name);
        graph.layers.emplace(name, std::move(layer));
    }
    for (const base::Json& item : table.required("bans").array("bans")) {
        base::JsonMembers row(item, "ban");
        graph.bans.push_back({row.string("from"), row.string("to"), row.string("because")});
        row.finish();
    }
    table.finish();
    return graph;
}

}  // namespace kluis::layers
