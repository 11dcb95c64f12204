#include "bytes.hpp"
#include "support/child.hpp"
#include "support/refusal.hpp"

#include <kluis/crypto/aead.hpp>
#include <kluis/crypto/ed25519.hpp>

#include <doctest/doctest.h>

#include <thread>
#include <vector>

using namespace kluis;
using namespace kluis::crypto;
using kluis::test::counting;

static_assert(!std::is_copy_constructible_v<AeadKey> && !std::is_copy_assignable_v<AeadKey>);
static_assert(!std::is_copy_constructible_v<SecretBuffer>);
static_assert(std::is_nothrow_move_constructible_v<AeadKey>);
static_assert(!std::is_convertible_v<Ed25519Seed, AeadKey>);
static_assert(!std::is_constructible_v<AeadKey, Ed25519Seed>);

TEST_CASE("secret memory begins as zeros and can be empty") {
    const SecretBuffer buffer(100);
    CHECK(base::equal(buffer.view(), base::Bytes(100)));
    for (const SecretBuffer& empty : {SecretBuffer(), SecretBuffer(0), SecretBuffer::copy_of({})}) {
        CHECK(empty.size() == 0);
        CHECK(empty.view().empty());
        CHECK(empty.text().empty());
    }
}

TEST_CASE("a moved secret leaves nothing behind") {
    SecretBuffer first = SecretBuffer::copy_of(base::as_bytes("secret"));
    SecretBuffer second(std::move(first));
    CHECK(second.text() == "secret");
    SecretBuffer third;
    third = std::move(second);
    CHECK(third.text() == "secret");
    CHECK(first.size() == 0);
    CHECK(second.size() == 0);
}

TEST_CASE("a key that was moved away is not taken for a key of zeros") {
    AeadKey key = AeadKey::copy_of(counting(32));
    const AeadKey elsewhere(std::move(key));
    const auto error = test::refusal([&] { return ChaCha20Poly1305(key); });
    REQUIRE(error);
    CHECK(error->kind() == base::ErrorKind::internal);
    CHECK(std::string(error->what()) == "encryption key was used after it was moved away");
    CHECK(test::refuses(base::ErrorKind::internal, [&] { return xchacha_seal(key, {}, {}); }));
    CHECK(test::refuses(base::ErrorKind::internal, [&] { return key.duplicate(); }));
    CHECK(test::refuses(base::ErrorKind::internal, [&] { return key.writable().size(); }));
    CHECK_NOTHROW(ChaCha20Poly1305{elsewhere});
}

TEST_CASE("a shortened secret shows its beginning only") {
    SecretBuffer buffer = SecretBuffer::copy_of(base::as_bytes("passphrase\n"));
    buffer.shrink(10);
    CHECK(buffer.text() == "passphrase");
}

TEST_CASE("a key of another length is refused by its name") {
    for (std::size_t size : {0, 31, 33}) {
        const auto error = test::refusal([&] { return AeadKey::copy_of(base::Bytes(size)); });
        REQUIRE(error);
        CHECK(error->kind() == base::ErrorKind::malformed);
        CHECK(std::string(error->what()) == "encryption key is not 32 bytes long");
    }
}

TEST_CASE("a duplicate has the same bytes elsewhere") {
    const AeadKey key = AeadKey::copy_of(counting(32));
    const AeadKey copy = key.duplicate();
    CHECK(equal_secrets(key.view(), copy.view()));
    CHECK(key.view().data() != copy.view().data());
}

TEST_CASE("secrets are equal only in length and every byte") {
    CHECK(equal_secrets(counting(32), counting(32)));
    CHECK(equal_secrets({}, {}));
    CHECK_FALSE(equal_secrets(counting(32), counting(31)));
    for (std::size_t i = 0; i < 32; ++i) {
        base::Bytes other = counting(32);
        other[i] ^= 0x80;
        CHECK_FALSE(equal_secrets(counting(32), other));
    }
}

TEST_CASE("wiped bytes are zeros, also at the end of a scope") {
    base::Bytes bytes = counting(16, 1);
    wipe(bytes);
    CHECK(bytes == base::Bytes(16));
    wipe({});
    base::Bytes scoped = counting(16, 1);
    {
        const WipeOnExit guard(scoped);
        CHECK(scoped == counting(16, 1));
    }
    CHECK(scoped == base::Bytes(16));
}

TEST_CASE("reading beyond a secret ends the program") {
    for (const std::size_t size : {32, 100}) {
        const auto ending = test::in_child([size] {
            const SecretBuffer buffer(size);
            const volatile std::uint8_t* data = buffer.view().data();
            return data[size] == 0 ? 0 : 1;
        });
        CHECK_FALSE((ending.exited && ending.status <= 1));
    }
}

TEST_CASE("a secret that is gone was wiped, or can no longer be read") {
    for (const std::size_t size : {16, 32, 64, 100}) {
        const auto ending = test::in_child([size] {
            const volatile std::uint8_t* data = nullptr;
            {
                SecretBuffer buffer = SecretBuffer::copy_of(base::Bytes(size, 0xaa));
                buffer.shrink(1);
                data = buffer.view().data();
            }
            for (std::size_t i = 0; i < size; ++i) {
                if (data[i] != 0) return 1;
            }
            return 0;
        });
        CHECK_FALSE((ending.exited && ending.status == 1));
    }
}

TEST_CASE("secrets by the hundred are apart from one another and begin as zeros") {
    for (int round = 0; round < 2; ++round) {
        std::vector<AeadKey> keys(100);
        for (std::size_t i = 0; i < keys.size(); ++i) {
            CHECK(base::equal(keys[i].view(), base::Bytes(32)));
            std::ranges::fill(keys[i].writable(), static_cast<std::uint8_t>(i + 1));
        }
        for (std::size_t i = 0; i < keys.size(); ++i) {
            CHECK(base::equal(keys[i].view(), base::Bytes(32, static_cast<std::uint8_t>(i + 1))));
        }
    }
}

TEST_CASE("a secret may go in another thread than it came from, and at the program's end") {
    static AeadKey kept_until_the_end;
    std::vector<AeadKey> keys(50);
    std::thread([taken = std::move(keys)]() mutable { taken.clear(); }).join();
    std::thread([&keys] { keys = std::vector<AeadKey>(50); }).join();
    CHECK(keys.size() == 50);
}
