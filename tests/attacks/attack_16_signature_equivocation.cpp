// Attack 16: a signature that one verifier of Ed25519 takes and another refuses (points of small
// order, spellings that are not canonical). tests/vectors/ed25519 holds each to libsodium's
// verdict.
#include "support/vectors.hpp"

#include <kluis/crypto/ed25519.hpp>

#include <doctest/doctest.h>

using namespace kluis;
using namespace kluis::crypto;

TEST_CASE("each signature on which verifiers differ gets libsodium's verdict") {
    std::size_t valid = 0;
    std::size_t invalid = 0;
    for (const auto& vector : test::vectors("ed25519")) {
        CAPTURE(vector.name);
        CAPTURE(vector.text("comment"));
        const bool expected = vector.text("expect") == "valid";
        CHECK(verify(Ed25519Public::from(vector.bytes("public")), vector.bytes("message"),
                     Signature::from(vector.bytes("signature"))) == expected);
        ++(expected ? valid : invalid);
    }
    CHECK(valid >= 5);
    CHECK(invalid >= 50);
}
