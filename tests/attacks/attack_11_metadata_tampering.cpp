// Attack 11, in payloads and in what a reader takes from statements about them.
#include "support/refusal.hpp"
#include "support/sealed_document.hpp"

#include <doctest/doctest.h>

using namespace kluis;
using base::ErrorKind;
using statement::Role;
using test::refuses;

namespace {

void flip(base::MutableBytes bytes, std::size_t bit) {
    bytes[bit / 8] ^= static_cast<std::uint8_t>(1U << bit % 8);
}

// Flips each bit, in turn, and wants `open` to refuse; then that it is accepted again.
template <class Open>
void check_every_bit(base::MutableBytes bytes, Open open) {
    for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
        CAPTURE(bit);
        flip(bytes, bit);
        CHECK(refuses(ErrorKind::forged, open));
        flip(bytes, bit);
    }
    CHECK_FALSE(test::refusal(open));
}

// One bit of each byte, where there are many.
template <class Open>
void check_every_byte(base::MutableBytes bytes, Open open) {
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        CAPTURE(i);
        flip(bytes, i * 8 + i % 8);
        CHECK(refuses(ErrorKind::forged, open));
        flip(bytes, i * 8 + i % 8);
    }
    CHECK_FALSE(test::refusal(open));
}

}  // namespace

TEST_CASE("a flipped bit anywhere in a stored payload is refused by its digest") {
    auto sealed = test::seal_document(base::as_bytes("a text"));
    check_every_byte(sealed.metadata, [&] {
        return document::open_metadata(sealed.key, sealed.promise, sealed.metadata);
    });
    check_every_byte(sealed.content, [&] { return test::open_content_of(sealed, sealed.content); });
    check_every_byte(*sealed.preview, [&] {
        return document::open_preview(sealed.key, sealed.promise, *sealed.preview);
    });
}

TEST_CASE("a flipped bit anywhere in a stored payload is refused by age where it was signed so") {
    auto sealed = test::seal_document(base::as_bytes("a text"));
    check_every_byte(sealed.metadata, [&] {
        sealed.promise.metadata = test::payload_of(sealed.metadata);
        return document::open_metadata(sealed.key, sealed.promise, sealed.metadata);
    });
    check_every_byte(sealed.content, [&] {
        sealed.promise.payloads[Role::content] = test::payload_of(sealed.content);
        return test::open_content_of(sealed, sealed.content);
    });
    check_every_byte(*sealed.preview, [&] {
        sealed.promise.payloads[Role::preview] = test::payload_of(*sealed.preview);
        return document::open_preview(sealed.key, sealed.promise, *sealed.preview);
    });
}

TEST_CASE("a flipped bit of id, commitment, digest or file key is refused") {
    auto sealed = test::seal_document(base::as_bytes("a text"));
    const auto open = [&] { return test::open_document(sealed); };
    check_every_bit(sealed.promise.id.writable(), open);
    check_every_bit(sealed.promise.commitment.writable(), open);
    check_every_bit(sealed.promise.metadata.sha256.writable(), open);
    check_every_bit(sealed.promise.payloads[Role::content].sha256.writable(), open);
    check_every_bit(sealed.key.writable(), open);
}

TEST_CASE("another size of a payload than the stored one is refused") {
    auto sealed = test::seal_document(base::as_bytes("a text"));
    for (std::uint64_t* size :
         {&sealed.promise.metadata.size, &sealed.promise.payloads[Role::content].size}) {
        for (int bit = 0; bit < 64; ++bit) {
            CAPTURE(bit);
            *size ^= std::uint64_t{1} << bit;
            CHECK(refuses(ErrorKind::forged, [&] { return test::open_document(sealed); }));
            *size ^= std::uint64_t{1} << bit;
        }
    }
    CHECK_FALSE(test::refusal([&] { return test::open_document(sealed); }));
}

TEST_CASE("a commitment is of one file key, id, size and digest: another of any is another") {
    auto key = crypto::random_secret<age::FileKey>();
    auto id = crypto::random_value<statement::DocumentId>();
    auto digest = crypto::sha256(base::as_bytes("a text"));
    const auto commitment = document::commitment(key, id, 6, digest);
    const auto check = [&](base::MutableBytes bytes) {
        for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
            flip(bytes, bit);
            CHECK(document::commitment(key, id, 6, digest) != commitment);
            flip(bytes, bit);
        }
    };
    check(key.writable());
    check(id.writable());
    check(digest.writable());
    for (int bit = 0; bit < 64; ++bit)
        CHECK(document::commitment(key, id, 6 ^ std::uint64_t{1} << bit, digest) != commitment);
}
