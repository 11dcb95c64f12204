#include "bytes.hpp"

#include <kluis/crypto/ed25519.hpp>
#include <kluis/crypto/random.hpp>

#include <doctest/doctest.h>

using namespace kluis;
using namespace kluis::crypto;
using kluis::test::hex;

TEST_CASE("Ed25519 gives RFC 8032's keys and signatures") {
    struct Case {
        const char* seed;
        const char* key;
        const char* message;
        const char* signature;
    };
    const Case cases[] = {
        {"9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
         "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
         "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
         "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"},
        {"4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
         "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
         "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
         "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"},
        {"c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
         "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
         "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
         "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"},
    };
    for (const Case& c : cases) {
        const Ed25519Signer signer(Ed25519Seed::copy_of(hex(c.seed)));
        const base::Bytes message = hex(c.message);
        CHECK(hex(signer.public_key()) == c.key);
        CHECK(hex(signer.sign(message)) == c.signature);
        CHECK(verify(signer.public_key(), message, signer.sign(message)));
    }
}

TEST_CASE("a flipped bit of message, signature or key makes a signature invalid") {
    const Ed25519Signer signer(random_secret<Ed25519Seed>());
    const base::Bytes message = base::to_bytes("message");
    const Signature signature = signer.sign(message);
    const auto flipped = [](base::ByteView bytes, std::size_t bit) {
        base::Bytes changed = base::to_bytes(bytes);
        changed[bit / 8] = static_cast<std::uint8_t>(changed[bit / 8] ^ (1 << bit % 8));
        return changed;
    };
    REQUIRE(verify(signer.public_key(), message, signature));
    for (std::size_t bit = 0; bit < message.size() * 8; ++bit) {
        REQUIRE_FALSE(verify(signer.public_key(), flipped(message, bit), signature));
    }
    for (std::size_t bit = 0; bit < Signature::kSize * 8; ++bit) {
        REQUIRE_FALSE(
            verify(signer.public_key(), message, Signature::from(flipped(signature, bit))));
    }
    for (std::size_t bit = 0; bit < Ed25519Public::kSize * 8; ++bit) {
        const auto key = Ed25519Public::from(flipped(signer.public_key(), bit));
        REQUIRE_FALSE(verify(key, message, signature));
    }
}
