// The shared vectors of bundles.
#include "support/vectors.hpp"

#include "support/refusal.hpp"
#include "support/temporary_folder.hpp"

#include <kluis/bundle/layout/tar.hpp>
#include <kluis/bundle/manifest.hpp>
#include <kluis/bundle/reader.hpp>

#include <doctest/doctest.h>

using namespace kluis;
using base::ErrorKind;
using test::Vector;

namespace {

// Keeps the documents of a bundle that were found good.
class Kept final : public bundle::DocumentSink {
  public:
    base::Writer* begin(const bundle::ManifestDocument& document,
                        const dossier::Metadata&) override {
        current_ = document;
        content_ = base::MemoryWriter();
        return &content_;
    }
    void finish() override { good.emplace_back(current_, content_.take()); }

    std::vector<std::pair<bundle::ManifestDocument, base::Bytes>> good;

  private:
    bundle::ManifestDocument current_;
    base::MemoryWriter content_;
};

std::string outcome_of(const std::optional<base::Error>& error) {
    return error ? std::string(base::name(error->kind())) : "ok";
}

// Opens the bundle of `vector` and holds what it gives against it.
std::string open_bundle(const Vector& vector) {
    const test::TemporaryFolder folder;
    const auto file = folder / "bundle";
    base::write_file(file, base::base64_decode(vector.text("bundle"), "bundle"),
                     base::FileMode::owner_only, base::Replace::no);
    const auto identity = crypto::X25519Secret::copy_of(vector.bytes("identity"));
    Kept kept;
    const auto error = test::refusal([&] {
        return bundle::verify_fully(file, std::span(&identity, 1), {}, &kept, {})
            .verification.documents;
    });
    if (error) return outcome_of(error);
    const auto& documents = vector.json.object("vector").at("documents").array("documents");
    REQUIRE(kept.good.size() == documents.size());
    for (std::size_t i = 0; i < documents.size(); ++i) {
        const auto& expected = documents[i].object("document");
        const auto& [line, content] = kept.good[i];
        CHECK(line.exhibit == expected.at("exhibit").integer("exhibit"));
        CHECK(line.path == expected.at("path").string("path"));
        CHECK(base::hex_encode(content) == expected.at("plain").string("plain"));
    }
    return "ok";
}

template <class Parse>
std::string parse_line(const Vector& vector, Parse parse) {
    const base::ByteView line = base::as_bytes(vector.text("text"));
    return outcome_of(test::refusal([&] {
        const std::string again = bundle::encode(parse(line));
        CHECK(again == vector.text("text"));
        return 0;
    }));
}

std::string parse_member(const Vector& vector) {
    const base::Bytes block = vector.bytes("block");
    return outcome_of(test::refusal([&] {
        const auto member = bundle::parse_tar_header(block);
        REQUIRE(member);
        CHECK(member->name == vector.text("member"));
        CHECK(member->size == vector.number("size"));
        return 0;
    }));
}

std::string outcome(const Vector& vector) {
    const std::string& of = vector.text("of");
    if (of == "bundle") return open_bundle(vector);
    if (of == "head") return parse_line(vector, bundle::parse_manifest_head);
    if (of == "line") return parse_line(vector, bundle::parse_manifest_document);
    REQUIRE(of == "member");
    return parse_member(vector);
}

}  // namespace

TEST_CASE("each vector of a bundle, of its manifest's lines and of its tar comes out as it must") {
    std::map<std::string, int> seen;
    for (const Vector& vector : test::vectors("bundles")) {
        CAPTURE(vector.name);
        CHECK(outcome(vector) == vector.text("expect"));
        ++seen[vector.text("of") + " " + vector.text("expect")];
    }
    CHECK(seen["bundle ok"] >= 5);
    CHECK(seen["bundle malformed"] >= 15);
    CHECK(seen["bundle forged"] >= 15);
    CHECK(seen["bundle wrong_key"] >= 1);
    CHECK(seen["head malformed"] >= 15);
    CHECK(seen["line malformed"] >= 20);
    CHECK(seen["member malformed"] >= 15);
}
