#include "support/vectors.hpp"

#include "support/refusal.hpp"

#include <kluis/document/document.hpp>

#include <doctest/doctest.h>

#include <set>

using namespace kluis;
using base::Json;
using statement::DocumentId;
using statement::Role;

namespace {

statement::Payload payload_of(const Json& json) {
    base::JsonMembers members(json, "payload");
    return {base::from_hex<crypto::Digest>(members.string("sha256"), "sha256"),
            members.integer("size")};
}

document::Promise promise_of(const test::Vector& vector) {
    base::JsonMembers signed_(vector.json.object("vector").at("promise"), "promise");
    document::Promise promise;
    promise.id = statement::parse_id<DocumentId>(vector.text("document"));
    promise.commitment =
        base::from_hex<statement::Commitment>(signed_.string("commitment"), "commitment");
    promise.payloads[Role::content] = payload_of(signed_.required("content"));
    promise.metadata = promise.payloads[Role::metadata] = payload_of(signed_.required("metadata"));
    if (const Json* preview = signed_.optional("preview")) {
        promise.payloads[Role::preview] = payload_of(*preview);
    }
    return promise;
}

crypto::Digest header_digest(const test::Vector& vector) {
    base::JsonMembers signed_(vector.json.object("vector").at("promise"), "promise");
    return base::from_hex<crypto::Digest>(signed_.string("header"), "header");
}

crypto::X25519Secret identity_of(const test::Vector& vector) {
    return crypto::X25519Secret::copy_of(vector.bytes("identity"));
}

// Opens all of a document; `stage` says how far it came.
void open_document(const test::Vector& vector, std::string& stage) {
    const document::Promise promise = promise_of(vector);
    stage = "header";
    const age::FileKey key =
        document::open_header(vector.bytes("header"), header_digest(vector), identity_of(vector));
    stage = "metadata";
    const auto metadata = document::open_metadata(key, promise, vector.bytes("metadata"));
    stage = "preview";
    if (promise.payloads.contains(Role::preview)) {
        document::open_preview(key, promise, vector.bytes("preview"));
    }
    stage = "content";
    const base::Bytes stored = vector.bytes("content");
    base::MemoryReader once(stored);
    base::MemoryWriter plain;
    document::open_content(key, promise, metadata, once, plain);
    base::MemoryReader again(stored);
    document::verify_content(key, promise, metadata, again);
    stage = "end";
    CHECK(plain.bytes() == vector.bytes("plain"));
    CHECK(base::canonical_json(dossier::to_json(metadata), base::JsonText::utf8) ==
          vector.text("json"));
}

void open_word(const test::Vector& vector) {
    const base::Bytes stored = vector.bytes("stored");
    const statement::Payload payload{
        base::from_hex<crypto::Digest>(vector.text("sha256"), "sha256"), vector.number("size")};
    const dossier::Word word = document::open_word(payload, stored, identity_of(vector));
    CHECK(base::canonical_json(dossier::to_json(word), base::JsonText::utf8) ==
          vector.text("json"));
}

}  // namespace

TEST_CASE("each document and word of the vectors opens, or is refused where its vector says") {
    std::set<std::string> refused_at;
    for (const auto& vector : test::vectors("documents")) {
        CAPTURE(vector.name);
        const std::string& expect = vector.text("expect");
        const bool whole = vector.text("of") == "document";
        std::string stage = "word";
        const auto error = test::refusal([&] {
            if (whole) {
                open_document(vector, stage);
            } else {
                open_word(vector);
            }
            return true;
        });
        CHECK((error ? base::name(error->kind()) : "ok") == expect);
        if (!error) continue;
        if (whole) CHECK(stage == vector.text("at"));
        refused_at.insert(stage);
    }
    CHECK(refused_at == std::set<std::string>{"content", "header", "metadata", "preview", "word"});
}

TEST_CASE("the commitment of each vector is the one given") {
    std::set<std::string> seen;
    for (const auto& vector : test::vectors("commitments")) {
        CAPTURE(vector.name);
        const auto commitment = document::commitment(
            age::FileKey::copy_of(vector.bytes("key")),
            statement::parse_id<DocumentId>(vector.text("document")), vector.number("size"),
            base::from_hex<crypto::Digest>(vector.text("sha256"), "sha256"));
        CHECK(base::hex_encode(commitment) == vector.text("commitment"));
        CHECK(seen.insert(vector.text("commitment")).second);
    }
}
