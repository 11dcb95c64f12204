#include "support/refusal.hpp"

#include <kluis/bundle/manifest.hpp>
#include <kluis/crypto/random.hpp>

#include <doctest/doctest.h>

using namespace kluis;
using base::ErrorKind;

namespace {

statement::Envelope envelope() {
    const crypto::Ed25519Signer signer(crypto::random_secret<crypto::Ed25519Seed>());
    return statement::sign(statement::kStatementType, base::to_bytes("{}"), signer, "abc");
}

bundle::ManifestHead head() {
    bundle::ManifestHead head;
    head.anchors_set = 3;
    head.bundle = crypto::random_value<statement::BundleId>();
    head.dossier = crypto::random_value<statement::DossierId>();
    head.letter = "Geachte commissie, رسالة";
    head.salt = crypto::random_value<statement::Salt>();
    head.timeline = base::Json(base::Json::Array{});
    head.statements.push_back({envelope(), 0});
    return head;
}

bundle::ManifestDocument document() {
    bundle::ManifestDocument document;
    document.document = crypto::random_value<statement::DocumentId>();
    document.exhibit = 7;
    document.header_size = 168;
    document.path = "data/documents/007-letter.pdf";
    document.deposit = {envelope(), 4};
    return document;
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
    const auto place = text.find(from);
    REQUIRE(place != std::string::npos);
    return text.replace(place, from.size(), to);
}

bool refuses_document(const std::string& line) {
    return test::refuses(ErrorKind::malformed,
                         [&] { return bundle::parse_manifest_document(base::as_bytes(line)); });
}

}  // namespace

TEST_CASE("a manifest's head comes back as it was written") {
    const auto line = bundle::encode(head());
    CHECK(bundle::encode(bundle::parse_manifest_head(base::as_bytes(line))) == line);
}

TEST_CASE("a document's line comes back as it was written") {
    auto described = document();
    described.description = {envelope(), 9};
    described.paper = "in the blue box";
    for (const auto& each : {document(), described}) {
        const auto line = bundle::encode(each);
        CHECK(bundle::encode(bundle::parse_manifest_document(base::as_bytes(line))) == line);
    }
}

TEST_CASE("a manifest of another format is refused in plain words") {
    const auto line = replaced(bundle::encode(head()), R"("format":0)", R"("format":1)");
    const auto error =
        test::refusal([&] { return bundle::parse_manifest_head(base::as_bytes(line)); });
    REQUIRE(error);
    CHECK(error->code() == "other-format");
}

TEST_CASE("a line with an unknown member, an exhibit of 0 or an empty place is refused") {
    const auto line = bundle::encode(document());
    CHECK(refuses_document(replaced(line, R"("path":)", R"("other":1,"path":)")));
    CHECK(refuses_document(replaced(line, R"("exhibit":7)", R"("exhibit":0)")));
    CHECK(refuses_document(replaced(line, R"("path":)", R"("paper":"","path":)")));
    CHECK(refuses_document(replaced(line, R"("size":168)", R"("size":169)")));
}

TEST_CASE("a path that leads elsewhere is refused") {
    for (const std::string_view path :
         {"data/../x", "/data/x", "data/", "data//x", "data/x/", "data/.hidden", "data/x.", "x",
          "data/X", "data/dossier.json", "data/verification.json/x", "data/a b", "data/a\\b",
          "data/a\nb", "data/é", "data/./x", "data"}) {
        CAPTURE(path);
        CHECK_FALSE(bundle::is_bundle_path(path));
        const auto line = bundle::encode(document());
        if (path.find_first_of("\\\n") == std::string_view::npos) {
            CHECK(refuses_document(replaced(line, "data/documents/007-letter.pdf", path)));
        }
    }
    CHECK_FALSE(bundle::is_bundle_path("data/" + std::string(240, 'a')));
    CHECK(bundle::is_bundle_path("data/documents/001-a_b.c-d.pdf"));
}

TEST_CASE("every title and name gives a path that is accepted") {
    CHECK(bundle::bundle_path(1, "Brief van de school", "Scan 4.PDF") ==
          "data/documents/001-brief-van-de-school.pdf");
    CHECK(bundle::bundle_path(12345, "رسالة", "رسالة") == "data/documents/12345");
    CHECK(bundle::bundle_path(2, "../../etc/passwd", "x/../.bashrc") ==
          "data/documents/002-etc-passwd.bashrc");
    for (const std::string& title :
         {std::string(), std::string(500, 'x'), std::string("a\nb"), std::string("..."),
          std::string("\xff\xfe"), std::string("con.")}) {
        for (const std::string& name : {std::string("."), std::string("a."), std::string(".a"),
                                        std::string("a." + std::string(300, 'e')), title}) {
            const auto path = bundle::bundle_path(3, title, name);
            CAPTURE(path);
            CHECK(bundle::is_bundle_path(path));
        }
    }
}
