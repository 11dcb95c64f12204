#include "support/random.hpp"
#include "support/refusal.hpp"
#include "support/sealed_document.hpp"

#include <kluis/document/padding.hpp>

#include <doctest/doctest.h>

using namespace kluis;
using base::ErrorKind;
using statement::Role;
using test::refuses;

TEST_CASE("a preview comes back with the zeros that hide its size") {
    test::Random random;
    INFO(random.seed());
    const auto key = crypto::random_secret<age::FileKey>();
    for (const std::size_t size : {0UL, 1UL, 4096UL, 4097UL, 100'000UL, document::kPreviewLimit}) {
        CAPTURE(size);
        const base::Bytes picture = random.bytes(size);
        const auto sealed = document::seal_preview(key, picture);
        CHECK(sealed.payload == test::payload_of(sealed.stored));
        document::Promise promise;
        promise.payloads[Role::preview] = sealed.payload;
        base::Bytes expected = picture;
        expected.resize(document::padded_size(size));
        CHECK(document::open_preview(key, promise, sealed.stored) == expected);
    }
}

TEST_CASE("the largest preview and description fill just what a deposit may name") {
    CHECK(document::stored_size(document::padded_size(document::kPreviewLimit)) ==
          statement::payload_limit(Role::preview));
    CHECK(document::stored_size(dossier::kMostMetadata) ==
          statement::payload_limit(Role::metadata));
    const auto key = crypto::random_secret<age::FileKey>();
    CHECK(document::seal_header(
              key, crypto::x25519_public(crypto::random_secret<crypto::X25519Secret>()))
              .size() == statement::kHeaderSize);
}

TEST_CASE("a preview of more than 8 MiB is refused, and one that nobody deposited") {
    const auto key = crypto::random_secret<age::FileKey>();
    const base::Bytes picture(document::kPreviewLimit + 1);
    CHECK(refuses(ErrorKind::limit, [&] { return document::seal_preview(key, picture); }));
    CHECK(refuses(ErrorKind::forged, [&] { return document::open_preview(key, {}, {}); }));
}

TEST_CASE("a preview that opens to more than 8 MiB is refused") {
    const auto key = crypto::random_secret<age::FileKey>();
    const base::Bytes picture(document::kPreviewLimit + 1);
    base::MemoryReader in(picture);
    base::MemoryWriter out;
    document::Promise promise;
    promise.payloads[Role::preview] = document::seal_content(key, in, picture.size(), out).stored;
    CHECK(refuses(ErrorKind::limit,
                  [&] { return document::open_preview(key, promise, out.bytes()); }));
}

TEST_CASE("a word is read by the owner alone") {
    const auto owner = crypto::random_secret<crypto::X25519Secret>();
    const auto other = crypto::random_secret<crypto::X25519Secret>();
    const dossier::Word word{
        "in the blue folder", crypto::random_value<statement::DocumentId>(), {}};
    const auto sealed = document::seal_word(word, crypto::x25519_public(owner));
    CHECK(sealed.payload == test::payload_of(sealed.stored));
    CHECK(document::open_word(sealed.payload, sealed.stored, owner) == word);
    CHECK(refuses(ErrorKind::wrong_key,
                  [&] { return document::open_word(sealed.payload, sealed.stored, other); }));
}

TEST_CASE("every flipped bit of a word is refused, also where its sender signed it so") {
    const auto owner = crypto::random_secret<crypto::X25519Secret>();
    auto sealed = document::seal_word({"x", {}, {}}, crypto::x25519_public(owner));
    for (std::size_t i = 0; i < sealed.stored.size(); ++i) {
        CAPTURE(i);
        const auto mask = static_cast<std::uint8_t>(1U << i % 8);
        sealed.stored[i] ^= mask;
        CHECK(refuses(ErrorKind::forged,
                      [&] { return document::open_word(sealed.payload, sealed.stored, owner); }));
        CHECK(test::refusal([&] {
            return document::open_word(test::payload_of(sealed.stored), sealed.stored, owner);
        }));
        sealed.stored[i] ^= mask;
    }
}

TEST_CASE("metadata opens to what was sealed, under a nonce of its own each time") {
    const auto sealed = test::seal_document(base::as_bytes("text"), "An old letter");
    CHECK(document::open_metadata(sealed.key, sealed.promise, sealed.metadata) == sealed.described);
    CHECK(document::seal_metadata(sealed.key, sealed.described).stored != sealed.metadata);
}

TEST_CASE("a promise without content is refused") {
    auto sealed = test::seal_document(base::as_bytes("text"));
    sealed.promise.payloads.erase(Role::content);
    CHECK(refuses(ErrorKind::forged, [&] {
        return document::open_metadata(sealed.key, sealed.promise, sealed.metadata);
    }));
}
