#include "fixture.hpp"
#include "readers.hpp"

#include <doctest/doctest.h>
#include <support/refusal.hpp>

using namespace kluis;
using base::ErrorKind;
using test::refuses;
using test::Sealed;

namespace {

constexpr std::size_t kEdges[] = {0,      1,      15,     16,      17,        65535,    65536,
                                  65537,  131071, 131072, 131073,  262144,    262145,   524288,
                                  524289, 655360, 999999, 1 << 20, 1'111'111, 2'500'000};

base::Bytes sealed_bit_by_bit(const Sealed& sealed, std::size_t step) {
    base::MemoryWriter out;
    age::PayloadWriter writer(sealed.key, sealed.nonce, out);
    for (base::ByteView rest = sealed.plain; !rest.empty();) {
        const std::size_t count = std::min(step, rest.size());
        writer.write(rest.first(count));
        rest = rest.subspan(count);
    }
    writer.finish();
    return out.take();
}

base::Bytes opened_by_reader(const Sealed& sealed) {
    base::MemoryReader in(sealed.payload);
    age::PayloadReader reader(sealed.key, in);
    return base::read_all(reader, 1 << 24, "plaintext");
}

base::Bytes opened_whole(const Sealed& sealed) {
    base::MemoryReader in(sealed.payload);
    base::MemoryWriter out;
    age::decrypt_payload(sealed.key, in, out);
    return out.take();
}

// Both ways of opening refuse it as forged.
void check_forged(const Sealed& sealed) {
    CHECK(refuses(ErrorKind::forged, [&] { return opened_by_reader(sealed); }));
    CHECK(refuses(ErrorKind::forged, [&] { return opened_whole(sealed); }));
}

}  // namespace

TEST_CASE("a payload of every size at a chunk's edge opens to its plaintext, in every way") {
    for (const std::size_t size : kEdges) {
        CAPTURE(size);
        const Sealed sealed(size);
        CHECK(sealed.payload.size() == age::payload_size(size));
        CHECK(age::plain_size(sealed.payload.size()) == size);
        CHECK(opened_by_reader(sealed) == sealed.plain);
        CHECK(opened_whole(sealed) == sealed.plain);
    }
}

TEST_CASE("a payload is the same, in one call or bit by bit") {
    for (const std::size_t size : kEdges) {
        CAPTURE(size);
        const Sealed sealed(size);
        for (const std::size_t step : {977UL, 65536UL, 1UL << 24}) {
            CHECK(sealed_bit_by_bit(sealed, step) == sealed.payload);
        }
    }
}

TEST_CASE("a payload from a stream that gives one byte at a time is the same") {
    const Sealed sealed(300'000);
    test::SlowReader in(sealed.plain);
    base::MemoryWriter out;
    age::encrypt_payload(sealed.key, sealed.nonce, in, out);
    CHECK(out.bytes() == sealed.payload);
}

TEST_CASE("a size that no payload has is told from those that have one") {
    for (const std::uint64_t size : {0, 15, 16, 31, 65536 + 33, 65536 + 48}) {
        CAPTURE(size);
        CHECK(!age::plain_size(size));
    }
    CHECK(age::plain_size(32) == 0U);
    CHECK(age::plain_size(65536 + 32) == 65536U);
    CHECK(age::plain_size(65536 + 49) == 65537U);
}

TEST_CASE("a chunk beyond the largest file has no nonce") {
    CHECK(age::chunk_nonce(0x0102030405, true) ==
          crypto::ChaChaNonce({0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 1}));
    CHECK(
        refuses(ErrorKind::limit, [] { return age::chunk_nonce(std::uint64_t{1} << 47, false); }));
}

TEST_CASE("a payload with any part of it changed is refused") {
    for (const std::size_t at :
         {0UL, 15UL, 16UL, 70'000UL, Sealed::chunk(1), Sealed::chunk(2) + 20}) {
        CAPTURE(at);
        Sealed sealed(150'000);
        sealed.flip(at);
        check_forged(sealed);
    }
}

TEST_CASE("a payload that is cut short anywhere is refused") {
    for (const std::size_t size :
         {0UL, 1UL, 15UL, 16UL, 17UL, 31UL, 32UL, 1000UL, Sealed::chunk(1) - 1, Sealed::chunk(1),
          Sealed::chunk(1) + 1, Sealed::chunk(1) + 16, Sealed::chunk(2), Sealed::chunk(2) + 16}) {
        CAPTURE(size);
        Sealed sealed(150'000);
        sealed.cut(size);
        check_forged(sealed);
    }
}

TEST_CASE("a payload that goes on after its last chunk is refused") {
    for (const std::size_t size : {1000UL, 65536UL, 131072UL, 524288UL}) {
        for (const std::size_t more : {1UL, 16UL, 17UL, age::kSealedChunkSize}) {
            CAPTURE(size);
            CAPTURE(more);
            Sealed sealed(size);
            sealed.payload.resize(sealed.payload.size() + more, 5);
            check_forged(sealed);
        }
    }
}

TEST_CASE("a payload with chunks out of order is refused") {
    Sealed sealed(400'000);
    sealed.swap_chunks(1, 4);
    check_forged(sealed);
}

TEST_CASE("a payload under another file key is refused") {
    Sealed sealed(1000);
    sealed.key = crypto::random_secret<age::FileKey>();
    check_forged(sealed);
}

TEST_CASE("what was released before a payload is found altered is the true beginning") {
    Sealed sealed(1'000'000);
    sealed.flip(Sealed::chunk(9) + 5);
    base::MemoryReader in(sealed.payload);
    base::MemoryWriter out;
    CHECK(refuses(ErrorKind::forged, [&] {
        age::decrypt_payload(sealed.key, in, out);
        return 0;
    }));
    CHECK(base::equal(out.bytes(), base::ByteView(sealed.plain).first(9 * age::kChunkSize)));
}

TEST_CASE("a reader that refused a payload goes on refusing it") {
    Sealed sealed(100);
    sealed.flip(40);
    base::MemoryReader in(sealed.payload);
    age::PayloadReader reader(sealed.key, in);
    base::Bytes out(10);
    for (int i = 0; i < 3; ++i)
        CHECK(refuses(ErrorKind::forged, [&] { return reader.read(out); }));
}

TEST_CASE("a source that fails is not taken for one that ends") {
    const Sealed sealed(1'000'000);
    base::MemoryWriter out;
    test::FailingReader plain(base::ByteView(sealed.plain).first(700'000), ErrorKind::unavailable);
    CHECK(refuses(ErrorKind::unavailable, [&] {
        age::encrypt_payload(sealed.key, sealed.nonce, plain, out);
        return 0;
    }));
    test::FailingReader payload(base::ByteView(sealed.payload).first(700'000),
                                ErrorKind::unavailable);
    CHECK(refuses(ErrorKind::unavailable, [&] {
        age::decrypt_payload(sealed.key, payload, out);
        return 0;
    }));
}

TEST_CASE("an output that is full is told as such") {
    const Sealed sealed(1'000'000);
    base::MemoryReader plain(sealed.plain);
    test::FailingWriter out(700'000, ErrorKind::storage);
    CHECK(refuses(ErrorKind::storage, [&] {
        age::encrypt_payload(sealed.key, sealed.nonce, plain, out);
        return 0;
    }));
    base::MemoryReader payload(sealed.payload);
    test::FailingWriter again(700'000, ErrorKind::storage);
    CHECK(refuses(ErrorKind::storage, [&] {
        age::decrypt_payload(sealed.key, payload, again);
        return 0;
    }));
}
