#include "bytes.hpp"
#include "support/refusal.hpp"

#include <kluis/crypto/password.hpp>

#include <doctest/doctest.h>

using namespace kluis;
using namespace kluis::crypto;
using kluis::test::hex;

TEST_CASE("Argon2id gives the reference implementation's output") {
    // printf … | argon2 0123456789abcdef -id -t 3 -m 16 -p 1 -l 64 -v 13 -r
    const auto output = argon2id(base::as_bytes("legal winner thank year wave sausage worth"),
                                 base::as_bytes("0123456789abcdef"));
    CHECK(hex(output.view()) ==
          "6c60b8a6ef0f04cf058c7326926b30ae15390ca1e125ed34bffed4c89151da16"
          "1ba7d7d4cf6596c5742f96b4b2ecea04acde62f367f31aea5ae1758f2799f91d");
}

TEST_CASE("a salt that is not 16 bytes long is a defect") {
    for (std::size_t size : {0, 15, 17}) {
        CHECK(test::refuses(base::ErrorKind::internal, [&] {
            return argon2id(base::as_bytes("passphrase"), base::Bytes(size));
        }));
    }
}

TEST_CASE("scrypt gives RFC 7914's key") {
    const auto key = scrypt(base::as_bytes("pleaseletmein"), base::as_bytes("SodiumChloride"), 14);
    CHECK(hex(key.view()) == "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2");
}

TEST_CASE("scrypt keys differ by passphrase, salt and work") {
    const auto key = [](std::string_view passphrase, std::string_view salt, unsigned work) {
        return hex(scrypt(base::as_bytes(passphrase), base::as_bytes(salt), work).view());
    };
    const std::string first = key("p", "s", 2);
    CHECK(first == key("p", "s", 2));
    CHECK(first != key("q", "s", 2));
    CHECK(first != key("p", "t", 2));
    CHECK(first != key("p", "s", 3));
    CHECK(key("", "", 1).size() == 64);
}

TEST_CASE("a work factor outside 1 to 22 is a defect, and takes no memory") {
    for (unsigned work : {0U, 23U, 64U}) {
        CHECK(test::refuses(base::ErrorKind::internal, [&] {
            return scrypt(base::as_bytes("p"), base::as_bytes("s"), work);
        }));
    }
}
