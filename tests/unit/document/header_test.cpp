#include "support/refusal.hpp"

#include <kluis/age/open/x25519_identity.hpp>
#include <kluis/age/seal/header.hpp>
#include <kluis/crypto/random.hpp>
#include <kluis/document/document.hpp>

#include <doctest/doctest.h>

using namespace kluis;
using base::ErrorKind;
using test::refuses;

namespace {

struct Reader {
    crypto::X25519Secret secret = crypto::random_secret<crypto::X25519Secret>();
    crypto::X25519Public card = crypto::x25519_public(secret);
};

}  // namespace

TEST_CASE("a header gives its file key to the card that it was made for, and to no other") {
    const Reader lawyer;
    const Reader stranger;
    const auto key = crypto::random_secret<age::FileKey>();
    const base::Bytes header = document::seal_header(key, lawyer.card);
    CHECK(header.size() < 4096);
    CHECK(document::seal_header(key, lawyer.card) != header);
    const auto digest = crypto::sha256(header);
    CHECK(base::equal(document::open_header(header, digest, lawyer.secret).view(), key.view()));
    CHECK(refuses(ErrorKind::wrong_key,
                  [&] { return document::open_header(header, digest, stranger.secret); }));
}

TEST_CASE("every flipped bit of a header is refused by its digest") {
    const Reader lawyer;
    const auto key = crypto::random_secret<age::FileKey>();
    base::Bytes header = document::seal_header(key, lawyer.card);
    const auto digest = crypto::sha256(header);
    for (std::size_t bit = 0; bit < header.size() * 8; ++bit) {
        CAPTURE(bit);
        header[bit / 8] ^= static_cast<std::uint8_t>(1U << bit % 8);
        CHECK(refuses(ErrorKind::forged,
                      [&] { return document::open_header(header, digest, lawyer.secret); }));
        header[bit / 8] ^= static_cast<std::uint8_t>(1U << bit % 8);
    }
}

TEST_CASE("a signed header for two cards is refused by both") {
    const Reader lawyer;
    const Reader other;
    const auto key = crypto::random_secret<age::FileKey>();
    const age::X25519Recipient first(lawyer.card);
    const age::X25519Recipient second(other.card);
    const age::Recipient* const both[] = {&first, &second};
    const base::Bytes header = age::make_header(key, both);
    for (const Reader* reader : {&lawyer, &other}) {
        CHECK(refuses(ErrorKind::malformed, [&] {
            return document::open_header(header, crypto::sha256(header), reader->secret);
        }));
    }
}
