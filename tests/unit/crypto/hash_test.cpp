#include "bytes.hpp"
#include "support/random.hpp"
#include "support/refusal.hpp"

#include <kluis/crypto/hash.hpp>

#include <doctest/doctest.h>

#include <thread>

using namespace kluis;
using namespace kluis::crypto;
using kluis::test::counting;
using kluis::test::hex;

namespace {

std::string hkdf(base::ByteView input_key, base::ByteView salt, base::ByteView info,
                 std::size_t size) {
    base::Bytes out(size);
    hkdf_sha256(input_key, salt, info, out);
    return hex(out);
}

}  // namespace

TEST_CASE("SHA-256 gives FIPS 180's digests") {
    CHECK(hex(sha256(base::ByteView())) ==
          "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    CHECK(hex(sha256(base::as_bytes("abc"))) ==
          "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(hex(sha256(base::as_bytes("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"))) ==
          "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    CHECK(hex(sha256(base::Bytes(1'000'000, 'a'))) ==
          "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST_CASE("a digest does not depend on how its input is cut") {
    test::Random random;
    INFO(random.seed());
    const base::Bytes bytes = random.bytes(5000);
    const Digest whole = sha256(bytes);
    Sha256 hash;
    for (int round = 0; round < 50; ++round) {
        base::ByteView rest(bytes);
        while (!rest.empty()) {
            const std::size_t size = random.below(std::min<std::size_t>(rest.size(), 300) + 1);
            hash.update(rest.first(size));
            rest = rest.subspan(size);
        }
        REQUIRE(hash.finish() == whole);
    }
    const base::ByteView view(bytes);
    CHECK(sha256({view.first(1), {}, view.subspan(1)}) == whole);
}

TEST_CASE("a hash is moved with what it has taken") {
    Sha256 first;
    first.update(base::as_bytes("ab"));
    Sha256 second(std::move(first));
    CHECK(second.update(base::as_bytes("c")).finish() == sha256(base::as_bytes("abc")));
}

TEST_CASE("threads that hash at the same time do not disturb one another") {
    const Digest expected = sha256(counting(100));
    std::array<bool, 4> right{};
    std::vector<std::thread> threads;
    for (bool& result : right) {
        threads.emplace_back([&result, &expected] {
            bool all = true;
            for (int i = 0; i < 2000; ++i)
                all = all && sha256(counting(100)) == expected;
            result = all;
        });
    }
    for (std::thread& thread : threads)
        thread.join();
    CHECK(right == std::array<bool, 4>{true, true, true, true});
}

TEST_CASE("HMAC-SHA256 gives RFC 4231's values") {
    CHECK(hex(hmac_sha256(base::Bytes(20, 0x0b), base::as_bytes("Hi There"))) ==
          "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    CHECK(
        hex(hmac_sha256(base::as_bytes("Jefe"), base::as_bytes("what do ya want for nothing?"))) ==
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    CHECK(hex(hmac_sha256(
              base::Bytes(131, 0xaa),
              base::as_bytes("Test Using Larger Than Block-Size Key - Hash Key First"))) ==
          "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST_CASE("HKDF-SHA256 gives RFC 5869's values") {
    CHECK(hkdf(base::Bytes(22, 0x0b), counting(13), counting(10, 0xf0), 42) ==
          "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865");
    CHECK(hkdf(counting(80), counting(80, 0x60), counting(80, 0xb0), 82) ==
          "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c"
          "59045a99cac7827271cb41c65e590e09da3275600c2f09b8367793a9aca3db71"
          "cc30c58179ec3e87c14c01d5c1f3434f1d87");
    CHECK(hkdf(base::Bytes(22, 0x0b), {}, {}, 42) ==
          "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8");
}

TEST_CASE("HKDF gives up to 8160 bytes, the shorter the beginning of the longer, and no more") {
    const std::string longest = hkdf(counting(32), {}, base::as_bytes("info"), 8160);
    for (std::size_t size : {0, 1, 31, 32, 33, 8159}) {
        CHECK(hkdf(counting(32), {}, base::as_bytes("info"), size) == longest.substr(0, 2 * size));
    }
    CHECK(test::refuses(base::ErrorKind::internal,
                        [] { return hkdf(counting(32), {}, base::as_bytes("info"), 8161); }));
}
