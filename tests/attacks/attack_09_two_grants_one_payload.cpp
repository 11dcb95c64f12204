// Attack 9: one payload that opens to two different documents under two headers.
#include "support/refusal.hpp"
#include "support/sealed_document.hpp"
#include "two_keys.hpp"

#include <kluis/age/open/payload_reader.hpp>

#include <doctest/doctest.h>

using namespace kluis;
using base::ErrorKind;
using test::kTwoKeysText;
using test::refuses;

namespace {

// A dishonest owner's document: one content payload, signed once, that reads differently under two
// keys, and for each key a description that fits what it opens to.
struct TwoFaces {
    test::SealedDocument first;
    test::SealedDocument second;
    base::Bytes first_text = test::two_keys_text("I have paid all of it. ");
    base::Bytes second_text = test::two_keys_text("I have paid none of it. ");

    TwoFaces() {
        first.key = crypto::random_secret<age::FileKey>();
        second.key = crypto::random_secret<age::FileKey>();
        first.content = second.content =
            test::payload_under_two_keys(first.key, first_text, second.key, second_text);
        first.promise.id = crypto::random_value<statement::DocumentId>();
        complete(first);
        second.promise = first.promise;
        const auto deposited = first.promise.commitment;
        complete(second);
        second.promise.commitment = deposited;
    }

    static base::Bytes plain_of(const test::SealedDocument& face) {
        base::MemoryReader payload(face.content);
        base::MemoryWriter plain;
        age::decrypt_payload(face.key, payload, plain);
        return plain.take();
    }

    static void complete(test::SealedDocument& face) {
        face.described = test::describe(plain_of(face), "A receipt");
        const auto metadata = document::seal_metadata(face.key, face.described);
        face.metadata = metadata.stored;
        face.promise.metadata = metadata.payload;
        face.promise.payloads[statement::Role::content] = test::payload_of(face.content);
        face.promise.commitment = document::commitment(face.key, face.promise.id,
                                                       face.described.size, face.described.sha256);
    }
};

}  // namespace

TEST_CASE("age itself opens one payload to two different texts under two keys") {
    const TwoFaces faces;
    const base::Bytes first = TwoFaces::plain_of(faces.first);
    const base::Bytes second = TwoFaces::plain_of(faces.second);
    CHECK(base::equal(base::ByteView(first).first(kTwoKeysText), faces.first_text));
    CHECK(
        base::equal(base::ByteView(second).subspan(kTwoKeysText, kTwoKeysText), faces.second_text));
    CHECK(first != second);
}

TEST_CASE("the reader with the key that was committed to reads the document") {
    const TwoFaces faces;
    CHECK(test::open_document(faces.first) == TwoFaces::plain_of(faces.first));
}

TEST_CASE("a grant of the second key is refused before a byte is shown") {
    const TwoFaces faces;
    const auto lawyer = crypto::random_secret<crypto::X25519Secret>();
    const base::Bytes header =
        document::seal_header(faces.second.key, crypto::x25519_public(lawyer));
    const age::FileKey key = document::open_header(header, crypto::sha256(header), lawyer);

    CHECK(refuses(ErrorKind::forged, [&] {
        return document::open_metadata(key, faces.second.promise, faces.second.metadata);
    }));

    base::MemoryReader stored(faces.second.content);
    base::MemoryWriter plain;
    CHECK(refuses(ErrorKind::forged, [&] {
        document::open_content(key, faces.second.promise, faces.second.described, stored, plain);
        return true;
    }));
    CHECK(plain.bytes().empty());
}

TEST_CASE("the second key with the first key's description is refused") {
    const TwoFaces faces;
    CHECK(refuses(ErrorKind::forged,
                  [&] { return test::open_document(faces.first, faces.second.key); }));
}

TEST_CASE("but for the commitment the second document would open as signed") {
    TwoFaces faces;
    auto& second = faces.second;
    second.promise.commitment = document::commitment(
        second.key, second.promise.id, second.described.size, second.described.sha256);
    CHECK(second.promise.payloads == faces.first.promise.payloads);
    CHECK(test::open_document(second) == TwoFaces::plain_of(second));
}
