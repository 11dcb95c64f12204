#include "bytes.hpp"

#include <kluis/crypto/random.hpp>
#include <kluis/crypto/x25519.hpp>

#include <doctest/doctest.h>

using namespace kluis;
using namespace kluis::crypto;
using kluis::test::hex;

namespace {

X25519Secret secret(std::string_view text) {
    return X25519Secret::copy_of(hex(text));
}
X25519Public point(std::string_view text) {
    return X25519Public::from(hex(text));
}

}  // namespace

TEST_CASE("X25519 gives RFC 7748's products") {
    const auto first =
        x25519(secret("a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4"),
               point("e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c"));
    REQUIRE(first);
    CHECK(hex(first->view()) == "c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552");
    const auto second =
        x25519(secret("4b66e9d4d1b4673c5ad22691957d6af5c11b6421e0ea01d42ca4169e7918ba0d"),
               point("e5210f12786811d3f4b7959d0538ae2c31dbe7106fc03c3efc4cd549c715a493"));
    REQUIRE(second);
    CHECK(hex(second->view()) ==
          "95cbde9476e8907d7aade45cb4b873f88b595a68799fa152e6f8f7647aac7957");
}

TEST_CASE("RFC 7748's exchange gives its public key and its secret") {
    const auto bob = secret("5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb");
    CHECK(hex(x25519_public(bob)) ==
          "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f");
    const auto shared =
        x25519(bob, point("8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a"));
    REQUIRE(shared);
    CHECK(hex(shared->view()) ==
          "4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742");
}

TEST_CASE("both sides of an exchange get the same secret") {
    for (int round = 0; round < 20; ++round) {
        const auto a = random_secret<X25519Secret>();
        const auto b = random_secret<X25519Secret>();
        const auto ab = x25519(a, x25519_public(b));
        const auto ba = x25519(b, x25519_public(a));
        REQUIRE(ab);
        REQUIRE(ba);
        CHECK(equal_secrets(ab->view(), ba->view()));
    }
}

TEST_CASE("a point of low order gives no secret, in each of its spellings") {
    const char* low_order[] = {
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
        "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    };
    for (const char* text : low_order) {
        for (const unsigned top_bit : {0x00, 0x80}) {
            base::Bytes bytes = hex(text);
            bytes.back() = static_cast<std::uint8_t>(bytes.back() | top_bit);
            CAPTURE(hex(bytes));
            CHECK(is_low_order(X25519Public::from(bytes)));
            CHECK_FALSE(x25519(random_secret<X25519Secret>(), X25519Public::from(bytes)));
        }
    }
}

TEST_CASE("a public key made from a secret is not of low order") {
    for (int round = 0; round < 20; ++round) {
        CHECK_FALSE(is_low_order(x25519_public(random_secret<X25519Secret>())));
    }
}
