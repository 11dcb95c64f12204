// Attack 8: a grantee, who holds the file key, makes other payloads under it.
#include "support/refusal.hpp"
#include "support/sealed_document.hpp"

#include <doctest/doctest.h>

using namespace kluis;
using base::ErrorKind;
using test::refuses;

namespace {

const base::ByteView kLetter = base::as_bytes("I declare that he lived here from 1984 to 1992.");
const base::ByteView kForged = base::as_bytes("I declare that he lived here from 1994 to 1992.");

test::SealedDocument by_the_reader(const test::SealedDocument& honest, base::ByteView text) {
    return test::seal_document(text, "A letter", honest.key.duplicate());
}

}  // namespace

TEST_CASE("another content of the same size under the same file key is refused by its digest") {
    const auto honest = test::seal_document(kLetter);
    const auto forged = by_the_reader(honest, kForged);
    REQUIRE(forged.content.size() == honest.content.size());
    CHECK(
        refuses(ErrorKind::forged, [&] { return test::open_content_of(honest, forged.content); }));
}

TEST_CASE("the same content sealed anew by a reader is refused: the stored bytes are signed") {
    const auto honest = test::seal_document(kLetter);
    const auto anew = by_the_reader(honest, kLetter);
    CHECK(refuses(ErrorKind::forged, [&] { return test::open_content_of(honest, anew.content); }));
}

TEST_CASE("another description and preview under the same file key are refused by their digests") {
    const auto honest = test::seal_document(kLetter);
    const auto forged = by_the_reader(honest, kForged);
    CHECK(refuses(ErrorKind::forged, [&] {
        return document::open_metadata(honest.key, honest.promise, forged.metadata);
    }));
    CHECK(refuses(ErrorKind::forged, [&] {
        return document::open_preview(honest.key, honest.promise, *forged.preview);
    }));
}

TEST_CASE("a whole set of forged payloads is refused at the first one that a reader opens") {
    const auto honest = test::seal_document(kLetter);
    auto forged = by_the_reader(honest, kForged);
    forged.promise = honest.promise;
    CHECK(refuses(ErrorKind::forged, [&] { return test::open_document(forged); }));
}

TEST_CASE("a forged content that the statement named would still be refused by the commitment") {
    const auto honest = test::seal_document(kLetter);
    auto forged = by_the_reader(honest, kForged);
    const auto own = forged.promise;
    CHECK(test::open_document(forged) == base::to_bytes(kForged));
    forged.promise.id = honest.promise.id;
    forged.promise.commitment = honest.promise.commitment;
    CHECK(forged.promise.payloads == own.payloads);
    CHECK(refuses(ErrorKind::forged, [&] { return test::open_document(forged); }));
}
