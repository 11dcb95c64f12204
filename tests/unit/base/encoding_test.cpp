#include "support/random.hpp"
#include "support/refusal.hpp"
#include "support/vectors.hpp"

#include <kluis/base/text.hpp>

#include <doctest/doctest.h>

using namespace kluis::base;
using kluis::test::refuses;

namespace {

struct TokenTag {
    static constexpr const char* kName = "token";
};
using Token = FixedBytes<TokenTag, 2>;

Bytes decode(const kluis::test::Vector& vector) {
    const std::string& encoding = vector.text("encoding");
    const std::string& text = vector.text("text");
    if (encoding == "hex") return hex_decode(text, "input");
    if (encoding == "base64") return base64_decode(text, "input");
    if (encoding == "base64-raw") return base64_raw_decode(text, "input");
    if (encoding == "base32") return base32_decode(text, "input");
    REQUIRE(encoding == "bech32");
    return bech32_decode(vector.text("hrp"), text, "input");
}

std::string encode(const kluis::test::Vector& vector, ByteView bytes) {
    const std::string& encoding = vector.text("encoding");
    if (encoding == "hex") return hex_encode(bytes);
    if (encoding == "base64") return base64_encode(bytes);
    if (encoding == "base64-raw") return base64_raw_encode(bytes);
    if (encoding == "base32") return base32_encode(bytes);
    return bech32_encode(vector.text("hrp"), bytes);
}

}  // namespace

TEST_CASE("each encoding takes the one spelling of each vector and refuses every other") {
    std::size_t accepted = 0;
    std::size_t refused = 0;
    for (const auto& vector : kluis::test::vectors("encoding")) {
        CAPTURE(vector.name);
        if (vector.text("expect") == "ok") {
            const Bytes bytes = vector.bytes("hex");
            CHECK(decode(vector) == bytes);
            const bool upper_case = vector.name == "bech32-upper-case";
            const std::string& text = vector.text("text");
            CHECK(encode(vector, bytes) == (upper_case ? lower_ascii(text) : text));
            ++accepted;
        } else {
            CHECK(refuses(ErrorKind::malformed, [&] { return decode(vector); }));
            ++refused;
        }
    }
    CHECK(accepted > 40);
    CHECK(refused > 40);
}

TEST_CASE("hexadecimal written in place is the same text, and nothing behind it is touched") {
    const Bytes bytes{0x00, 0x09, 0xaf, 0xff};
    Bytes out(9, '-');
    hex_encode_to(out, bytes);
    CHECK(as_text(out) == hex_encode(bytes) + "-");
}

TEST_CASE("a refusal names the value and never shows it") {
    const auto error =
        kluis::test::refusal([] { return base64_decode("topsecret!", "signature"); });
    REQUIRE(error);
    CHECK(std::string(error->what()) == "signature is not canonical base64");
    const auto mistyped = kluis::test::refusal(
        [] { return bech32_decode("age-secret-key-", "AGE-SECRET-KEY-1QQQQQQQ", "identity"); });
    REQUIRE(mistyped);
    CHECK(std::string(mistyped->what()).find("QQQ") == std::string::npos);
}

TEST_CASE("BIP 173's example strings of valid checksum are accepted") {
    CHECK(bech32_decode("a", "A12UEL5L", "input").empty());
    CHECK(bech32_decode("?", "?1ezyfcl", "input").empty());
    CHECK(bech32_encode("a", {}) == "a12uel5l");
}

TEST_CASE(
    "random bytes come back from each encoding, and one changed bech32 character is noticed") {
    kluis::test::Random random;
    INFO(random.seed());
    for (int round = 0; round < 500; ++round) {
        const Bytes bytes = random.bytes(random.below(100));
        REQUIRE(hex_decode(hex_encode(bytes), "hex") == bytes);
        REQUIRE(base64_decode(base64_encode(bytes), "base64") == bytes);
        REQUIRE(base64_raw_decode(base64_raw_encode(bytes), "raw base64") == bytes);
        REQUIRE(base32_decode(base32_encode(bytes), "base32") == bytes);
        std::string text = bech32_encode("age", bytes);
        REQUIRE(bech32_decode("age", text, "bech32") == bytes);
        char& changed = text[4 + random.below(text.size() - 4)];
        changed = changed == 'q' ? 'p' : 'q';
        REQUIRE(
            refuses(ErrorKind::malformed, [&] { return bech32_decode("age", text, "bech32"); }));
    }
}

TEST_CASE("a fixed value in text of the right encoding but another length is refused") {
    CHECK(from_hex<Token>("00ff", "token") == Token({0, 0xff}));
    CHECK(from_base32<Token>("ad7q", "token") == Token({0, 0xff}));
    CHECK(from_base64<Token>("AP8=", "token") == Token({0, 0xff}));
    CHECK(refuses(ErrorKind::malformed, [] { return from_hex<Token>("00ff00", "token"); }));
    CHECK(refuses(ErrorKind::malformed, [] { return from_base64<Token>("", "token"); }));
}
