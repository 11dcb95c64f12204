// docs/api.yaml against what the server's handlers take.
#include <kluis/base/file.hpp>

#include <doctest/doctest.h>
#include <server/handlers.hpp>

#include <map>
#include <set>
#include <sstream>

using namespace kluis;

TEST_CASE("docs/api.yaml names the parameters of each path's query") {
    std::map<std::string, std::set<std::string>> taken;
    for (const api::Route& route : api::routes()) {
        for (const std::string_view name : server::handler(route.endpoint).query)
            taken[std::string(route.path)].insert(std::string(name));
    }
    const auto bytes =
        base::read_file(std::string(KLUIS_SOURCE_DIR) + "/docs/api.yaml", 1024 * 1024);
    std::istringstream text(base::to_string(bytes));
    std::map<std::string, std::set<std::string>> described;
    std::string path;
    for (std::string line; std::getline(text, line);) {
        if (line == "components:") break;
        if (line.starts_with("  /")) path = line.substr(2, line.size() - 3);
        if (line.find("/parameters/as'") != line.npos) described[path].insert("as");
        const std::string_view begin = "- {name: ";
        const std::size_t at = line.find(begin);
        if (at == line.npos || line.find("in: query") == line.npos) continue;
        const std::size_t name = at + begin.size();
        described[path].insert(line.substr(name, line.find(',', name) - name));
    }
    CHECK(described == taken);
}
