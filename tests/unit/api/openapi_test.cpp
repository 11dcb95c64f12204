// docs/api.yaml against the code. Its layout is fixed enough to be read by indentation.
#include <kluis/base/file.hpp>

#include <api/endpoints.hpp>
#include <api/problem.hpp>
#include <doctest/doctest.h>

#include <set>
#include <sstream>

using namespace kluis;

namespace {

std::vector<std::string> lines() {
    const auto bytes =
        base::read_file(std::string(KLUIS_SOURCE_DIR) + "/docs/api.yaml", 1024 * 1024);
    std::istringstream text(base::to_string(bytes));
    std::vector<std::string> lines;
    for (std::string line; std::getline(text, line);)
        lines.push_back(line);
    return lines;
}

// The lines of the top-level member `name`.
std::vector<std::string> section(const std::string& name) {
    std::vector<std::string> found;
    bool inside = false;
    for (const std::string& line : lines()) {
        if (!line.empty() && line[0] != ' ') {
            inside = line == name + ":";
        } else if (inside) {
            found.push_back(line);
        }
    }
    return found;
}

}  // namespace

TEST_CASE("docs/api.yaml describes exactly the routes, and which of them need no session") {
    std::set<std::string> described;
    std::string path;
    std::string operation;
    for (const std::string& line : section("paths")) {
        if (line.starts_with("  /")) path = line.substr(2, line.size() - 3);
        for (const char* method : {"get", "put", "post", "delete", "head", "patch"}) {
            if (line != "    " + std::string(method) + ":") continue;
            operation = std::string(method) + " " + path;
            described.insert(operation);
        }
        if (line == "      security: []") described.insert(operation + " open");
    }
    std::set<std::string> routed;
    for (const api::Route& route : api::routes()) {
        std::string method(api::name(route.method));
        for (char& c : method)
            c = static_cast<char>(std::tolower(c));
        const std::string name = method + " " + std::string(route.path);
        routed.insert(name);
        if (!route.session) routed.insert(name + " open");
    }
    CHECK(described == routed);
}

TEST_CASE("docs/api.yaml names each parameter of a path") {
    std::string path;
    std::set<std::string> named;
    const auto check = [&] {
        for (std::size_t at = path.find('{'); at != path.npos; at = path.find('{', at + 1)) {
            INFO(path);
            CHECK(named.contains(path.substr(at + 1, path.find('}', at) - at - 1)));
        }
    };
    for (const std::string& line : section("paths")) {
        if (line.starts_with("  /")) {
            check();
            path = line;
            named.clear();
        }
        for (const char* name : {"fingerprint", "dossier", "document", "bundle"}) {
            if (line.find("/parameters/" + std::string(name) + "'") != line.npos) {
                named.insert(name);
            }
        }
        for (const char* name : {"role", "member"}) {
            if (line.find("{name: " + std::string(name) + ", in: path") != line.npos) {
                named.insert(name);
            }
        }
    }
    check();
}

TEST_CASE("docs/api.yaml lists exactly the problems, as the code has them") {
    std::vector<std::string> wanted;
    for (const api::ProblemType& type : api::problem_types()) {
        std::ostringstream line;
        line << "  - {code: " << type.code << ", status: " << type.status
             << ", kind: " << base::name(type.kind)
             << ", retry: " << (type.retry ? "true" : "false") << ", title: \"" << type.title
             << "\"}";
        wanted.push_back(line.str());
    }
    CHECK(section("x-problems") == wanted);
}
