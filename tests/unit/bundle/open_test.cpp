// Opening a bundle to a folder.
#include "made_bundle.hpp"

#include <kluis/base/file.hpp>

#include <doctest/doctest.h>

using namespace kluis;
using test::MadeBundle;
namespace fs = std::filesystem;

namespace {

bundle::Opened open_to(MadeBundle& made, const fs::path& target) {
    return bundle::open_to_folder(made.file(), std::span(&made.member.recipient_secret(), 1),
                                  made.trust, target, {});
}

base::Json json_of(const fs::path& path) {
    return base::parse_json(base::read_file(path, 1024 * 1024), "it");
}

}  // namespace

TEST_CASE("a bundle opens to its documents under their names, and what was verified of them") {
    MadeBundle made;
    const auto target = made.folder / "opened";
    open_to(made, target);
    CHECK(base::read_file(target / "documents/001-a-letter.txt", 1000) ==
          base::to_bytes("what happened"));
    CHECK(base::read_file(target / "documents/002-a-report.txt", 1000) ==
          base::to_bytes("what was seen"));
    const auto verification = json_of(target / bundle::kVerificationFile);
    const auto dossier = json_of(target / bundle::kDossierFile);
    for (const auto* json : {&verification, &dossier}) {
        const auto& documents = json->object("it").at("documents").array("it");
        REQUIRE(documents.size() == 2);
        for (const auto& document : documents) {
            CHECK(fs::exists(target / document.object("it").at("path").string("it")));
        }
    }
}

TEST_CASE("nothing is left of a bundle that is refused at its last document") {
    MadeBundle made;
    made.documents[1].content.back() ^= 1;
    const auto error = test::refusal([&] { return open_to(made, made.folder / "opened"); });
    REQUIRE(error);
    CHECK(error->kind() == base::ErrorKind::forged);
    CHECK(made.folder.names() == std::set<std::string>{"1.kluis"});
}

TEST_CASE("nothing is left of a bundle that is refused after its documents") {
    MadeBundle made;
    made.readers.push_back(&made.outsider);
    CHECK(test::refuses(base::ErrorKind::forged,
                        [&] { return open_to(made, made.folder / "opened"); }));
    CHECK(made.folder.names() == std::set<std::string>{"1.kluis"});
}

TEST_CASE("a folder that is there already is left as it is") {
    MadeBundle made;
    const auto target = made.folder / "opened";
    fs::create_directory(target);
    CHECK(test::refuses(base::ErrorKind::conflict, [&] { return open_to(made, target); }));
    CHECK(fs::is_empty(target));
}
