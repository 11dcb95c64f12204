#include "bytes.hpp"
#include "support/random.hpp"
#include "support/refusal.hpp"

#include <kluis/crypto/aead.hpp>
#include <kluis/crypto/hash.hpp>
#include <kluis/crypto/random.hpp>

#include <doctest/doctest.h>

using namespace kluis;
using namespace kluis::crypto;
using kluis::test::counting;
using kluis::test::hex;

namespace {

constexpr std::string_view kSunscreen =
    "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, "
    "sunscreen would be it.";

AeadKey rfc_key() {
    return AeadKey::copy_of(counting(32, 0x80));
}
ChaChaNonce rfc_nonce() {
    return ChaChaNonce::from(hex("070000004041424344454647"));
}

base::Bytes seal(ChaCha20Poly1305& cipher, const ChaChaNonce& nonce, base::ByteView plain) {
    base::Bytes sealed(plain.size() + kAeadTagSize);
    cipher.seal(nonce, plain, sealed);
    return sealed;
}

bool is_zero(base::ByteView bytes) {
    return std::ranges::all_of(bytes, [](std::uint8_t byte) { return byte == 0; });
}

}  // namespace

TEST_CASE("ChaCha20-Poly1305 gives RFC 8439's ciphertext, and libsodium's tags without data") {
    ChaCha20Poly1305 cipher(rfc_key());
    CHECK(hex(seal(cipher, rfc_nonce(), base::as_bytes(kSunscreen))) ==
          // RFC 8439 section 2.8.2
          "d31a8d34648e60db7b86afbc53ef7ec2a4aded51296e08fea9e2b5a736ee62d6"
          "3dbea45e8ca9671282fafb69da92728b1a71de0a9e060b2905d6a5b67ecd3b36"
          "92ddbd7f2d778b8c9803aee328091b58fab324e4fad675945585808b4831d7bc"
          "3ff4def08e4b7a9de576d26586cec64b6116"
          "6a23a4681fd59456aea1d29f82477216");
    CHECK(hex(seal(cipher, rfc_nonce(), {})) == "a0784d7a4716f3feb4f64e7f4b39bf04");
    CHECK(hex(sha256(seal(cipher, rfc_nonce(), counting(65536)))) ==
          "56724dfac389ac5f7f9cfc9ec4adec082fdaf8f172f3f719749488857cd043ba");
}

TEST_CASE("sealed messages of every size open, also in place and in mixed order") {
    test::Random random;
    INFO(random.seed());
    ChaCha20Poly1305 cipher(random_secret<AeadKey>());
    for (std::size_t size : {0, 1, 15, 16, 17, 63, 64, 65, 255, 4096, 65536, 65537}) {
        CAPTURE(size);
        const base::Bytes plain = random.bytes(size);
        const auto nonce = random_value<ChaChaNonce>();
        base::Bytes buffer(plain);
        buffer.resize(size + kAeadTagSize);
        cipher.seal(nonce, base::ByteView(buffer).first(size), buffer);
        CHECK(buffer == seal(cipher, nonce, plain));
        base::Bytes opened(size);
        CHECK(cipher.open(nonce, buffer, opened));
        CHECK(opened == plain);
        CHECK(cipher.open(nonce, buffer, base::MutableBytes(buffer).first(size)));
        CHECK(base::equal(base::ByteView(buffer).first(size), plain));
    }
}

TEST_CASE(
    "a flipped bit anywhere, another nonce and another key are refused, and nothing is left") {
    ChaCha20Poly1305 cipher(rfc_key());
    const base::Bytes plain = counting(70, 1);
    const base::Bytes sealed = seal(cipher, rfc_nonce(), plain);
    base::Bytes opened(plain.size());
    for (std::size_t bit = 0; bit < sealed.size() * 8; ++bit) {
        base::Bytes changed = sealed;
        changed[bit / 8] = static_cast<std::uint8_t>(changed[bit / 8] ^ (1 << bit % 8));
        std::ranges::fill(opened, 1);
        REQUIRE_FALSE(cipher.open(rfc_nonce(), changed, opened));
        REQUIRE(is_zero(opened));
    }
    CHECK_FALSE(cipher.open(ChaChaNonce(), sealed, opened));
    ChaCha20Poly1305 other(AeadKey::copy_of(counting(32)));
    CHECK_FALSE(other.open(rfc_nonce(), sealed, opened));
    CHECK(cipher.open(rfc_nonce(), sealed, opened));
}

TEST_CASE("a truncated message is refused, and one shorter than its tag is a defect") {
    ChaCha20Poly1305 cipher(rfc_key());
    const base::Bytes sealed = seal(cipher, rfc_nonce(), counting(20));
    base::Bytes opened(19);
    CHECK_FALSE(cipher.open(rfc_nonce(), base::ByteView(sealed).first(35), opened));
    const auto open_short = [&](std::size_t size) {
        return cipher.open(rfc_nonce(), base::ByteView(sealed).first(size), opened);
    };
    CHECK(test::refuses(base::ErrorKind::internal, [&] { return open_short(15); }));
    CHECK(test::refuses(base::ErrorKind::internal, [&] { return open_short(36); }));
}

TEST_CASE("XChaCha20-Poly1305 opens the draft's example") {
    const base::Bytes sealed = hex(
        // draft-irtf-cfrg-xchacha, appendix A.3.1: nonce, ciphertext, tag
        "404142434445464748494a4b4c4d4e4f5051525354555657"
        "bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed2902c21396cbb"
        "731c7f1b0b4aa6440bf3a82f4eda7e39ae64c6708c54c216cb96b72e1213b452"
        "2f8c9ba40db5d945b11b69b982c1bb9e3f3fac2bc369488f76b2383565d3fff9"
        "21f9664c97637da9768812f615c68b13b52e"
        "c0875924c1c7987947deafd8780acf49");
    SecretBuffer plain;
    CHECK(xchacha_open(rfc_key(), hex("50515253c0c1c2c3c4c5c6c7"), sealed, plain));
    CHECK(plain.text() == kSunscreen);
}

TEST_CASE("what XChaCha20-Poly1305 sealed opens, each time under another nonce") {
    const AeadKey key = random_secret<AeadKey>();
    for (std::size_t size : {0, 1, 32, 1000}) {
        const base::Bytes plain = counting(size);
        const base::Bytes sealed = xchacha_seal(key, base::as_bytes("data"), plain);
        CHECK(sealed.size() == kXChaChaNonceSize + size + kAeadTagSize);
        CHECK(sealed != xchacha_seal(key, base::as_bytes("data"), plain));
        SecretBuffer opened;
        CHECK(xchacha_open(key, base::as_bytes("data"), sealed, opened));
        CHECK(base::equal(opened.view(), plain));
    }
}

TEST_CASE("a flipped bit, other data, another key or a cut make XChaCha20-Poly1305 refuse") {
    const AeadKey key = random_secret<AeadKey>();
    const base::Bytes sealed = xchacha_seal(key, base::as_bytes("data"), counting(32, 1));
    SecretBuffer opened = SecretBuffer::copy_of(base::as_bytes("before"));
    const auto opens = [&](base::ByteView bytes) {
        return xchacha_open(key, base::as_bytes("data"), bytes, opened);
    };
    for (std::size_t bit = 0; bit < sealed.size() * 8; ++bit) {
        base::Bytes changed = sealed;
        changed[bit / 8] = static_cast<std::uint8_t>(changed[bit / 8] ^ (1 << bit % 8));
        REQUIRE_FALSE(opens(changed));
        REQUIRE(opened.size() == 0);
    }
    for (std::size_t size = 0; size < sealed.size(); ++size) {
        REQUIRE_FALSE(opens(base::ByteView(sealed).first(size)));
    }
    CHECK_FALSE(xchacha_open(key, base::as_bytes("date"), sealed, opened));
    CHECK_FALSE(xchacha_open(random_secret<AeadKey>(), base::as_bytes("data"), sealed, opened));
    CHECK(opens(sealed));
}
