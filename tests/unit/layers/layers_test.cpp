#include "includes.hpp"

#include <kluis/base/file.hpp>

#include <doctest/doctest.h>

#include <filesystem>

namespace fs = std::filesystem;
using namespace kluis;

namespace {

const fs::path kRoot = KLUIS_SOURCE_DIR;

base::Bytes contents_of(const fs::path& path) {
    return base::read_file(path, 1024 * 1024);
}

const layers::Graph& graph() {
    static const layers::Graph parsed = layers::parse_graph(contents_of(kRoot / "src/layers.json"));
    return parsed;
}

// Paths relative to the repository of all files that belong to a layer.
std::vector<std::string> files_of_layers() {
    std::vector<std::string> found;
    for (const char* root : {"src", "include/kluis"}) {
        for (const auto& entry : fs::recursive_directory_iterator(kRoot / root)) {
            const fs::path path = fs::relative(entry.path(), kRoot);
            if (path == "src/CMakeLists.txt" || path == "src/layers.json") continue;
            if (entry.is_regular_file()) found.push_back(path.native());
        }
    }
    return found;
}

std::size_t violations_of(const char* path, const char* line) {
    return layers::violations(graph(), path, line).size();
}

}  // namespace

TEST_CASE("every include and every linked target in the tree follows an arrow") {
    std::size_t includes_seen = 0;
    for (const std::string& path : files_of_layers()) {
        const base::Bytes contents = contents_of(kRoot / path);
        for (const std::string& violation :
             layers::violations(graph(), path, base::as_text(contents))) {
            FAIL_CHECK(violation);
        }
        includes_seen += base::as_text(contents).find("#include <kluis/") != std::string_view::npos;
    }
    CHECK(includes_seen > 20);
}

TEST_CASE("an arrow never leads back to where it began, nor to a layer below it in the table") {
    std::set<std::string> earlier;
    for (const std::string& name : graph().order) {
        for (const std::string& below : graph().layers.at(name).may) {
            CHECK_MESSAGE(earlier.contains(below), name, " names ", below, " before its row");
        }
        CHECK_MESSAGE(earlier.insert(name).second, name, " has two rows");
    }
}

TEST_CASE("every ban is between layers of the table, has a reason and holds") {
    CHECK(graph().bans.size() > 0);
    for (const layers::Ban& ban : graph().bans) {
        CAPTURE(ban.from);
        CAPTURE(ban.to);
        REQUIRE(graph().layers.contains(ban.from));
        REQUIRE(graph().layers.contains(ban.to));
        CHECK(ban.because.size() > 20);
        CHECK_FALSE(graph().below(ban.from).contains(ban.to));
    }
}

TEST_CASE("the server reaches nothing that opens a document") {
    const auto reached = graph().below("server");
    for (const char* layer : {"age/open", "account", "document", "dossier", "bundle"}) {
        CHECK_FALSE(reached.contains(layer));
    }
}

TEST_CASE("an include that follows an arrow is accepted") {
    CHECK(violations_of("src/crypto/x.cpp", "#include <kluis/base/bytes.hpp>\n") == 0);
    CHECK(violations_of("include/kluis/age/open/x.hpp", "#include <kluis/age/seal/y.hpp>\n") == 0);
    CHECK(violations_of("src/server/x.cpp", "#include <store/store.hpp>\n") == 0);
    CHECK(violations_of("src/cli/x.cpp", "#include <kluis/base/bytes.hpp>\n#include <vector>\n") ==
          0);
    CHECK(violations_of("src/base/x.cpp", "#include \"beside.hpp\"\n#include <sys/stat.h>\n") == 0);
    CHECK(violations_of("src/store/sqlcipher/x.cpp", "#include <sqlcipher/sqlite3.h>\n") == 0);
}

TEST_CASE("an include against the arrows is found, however it is spelled") {
    CHECK(violations_of("src/base/x.cpp", "#include <kluis/crypto/hash.hpp>\n") == 1);
    CHECK(violations_of("src/base/x.cpp", "int a;\n  #  include \"kluis/crypto/hash.hpp\"\n") == 1);
    CHECK(violations_of("src/server/x.cpp", "#include <kluis/age/open/identity.hpp>\n") == 1);
    CHECK(violations_of("src/server/x.cpp", "#include <kluis/bundle/reader.hpp>\n") == 1);
    CHECK(violations_of("src/client/x.cpp", "#include <store/store.hpp>\n") == 1);
    CHECK(violations_of("src/base/x.cpp", "#include \"../crypto/private.hpp\"\n") == 1);
    CHECK(violations_of("src/bundle/x.cpp", "#include \"layout/private.hpp\"\n") == 1);
}

TEST_CASE("an include of a layer that the table does not have is found") {
    CHECK(violations_of("src/cli/x.cpp", "#include <kluis/magic/wand.hpp>\n") == 1);
    CHECK(violations_of("src/cli/x.cpp", "#include <kluis/age/everything.hpp>\n") == 1);
    CHECK(violations_of("src/server/x.cpp", "#include <kluis/store/store.hpp>\n") == 1);
}

TEST_CASE("a file outside the layers of the table is found") {
    CHECK(violations_of("src/magic/x.cpp", "") == 1);
    CHECK(violations_of("include/kluis/x.hpp", "") == 1);
}

TEST_CASE("an outside library where it does not belong is found") {
    CHECK(violations_of("src/age/seal/x.cpp", "#include <sodium.h>\n") == 1);
    CHECK(violations_of("src/age/seal/x.cpp", "#include \"sodium.h\"\n") == 1);
    CHECK(violations_of("src/crypto/openssl.cpp", "#include <sodium/version.h>\n") == 1);
    CHECK(violations_of("src/server/session.cpp", "#include <openssl/ssl.h>\n") == 1);
    CHECK(violations_of("src/statement/x.cpp", "#include <nlohmann/json.hpp>\n") == 1);
    CHECK(violations_of("src/api/x.cpp", "#include <boost/url.hpp>\n") == 1);
    CHECK(violations_of("src/store/sqlcipher/x.cpp", "#include <sqlite3.h>\n") == 1);
    CHECK(violations_of("src/document/x.cpp", "#include <archive.h>\n") == 1);
    CHECK(violations_of("src/bundle/x.cpp", "#include <qrencode.h>\n") == 1);
    CHECK(violations_of("src/base/x.cpp", "#include <unheard_of/library.h>\n") == 1);
}

TEST_CASE("a build file that links against the arrows is found") {
    CHECK(violations_of("src/server/CMakeLists.txt", "LIBRARIES kluis_age_open)\n") == 1);
    CHECK(violations_of("src/server/CMakeLists.txt", "kluis_layer(server LIBRARIES x)\n") == 0);
    CHECK(violations_of("src/server/CMakeLists.txt", "target_link_libraries(d kluis_server)\n") ==
          0);
}
