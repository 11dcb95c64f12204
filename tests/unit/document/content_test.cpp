#include "support/random.hpp"
#include "support/refusal.hpp"
#include "support/sealed_document.hpp"

#include <kluis/document/padding.hpp>

#include <doctest/doctest.h>

using namespace kluis;
using base::Error;
using base::ErrorKind;
using test::refuses;

namespace {

// A source whose length is not what was said: `size` bytes, in reads of odd lengths.
class Pattern final : public base::Reader {
  public:
    explicit Pattern(std::uint64_t size) : left_(size) {}

    std::size_t read(base::MutableBytes out) override {
        const std::size_t count = std::min<std::uint64_t>({out.size(), left_, 10'007});
        for (std::uint8_t& byte : out.first(count))
            byte = static_cast<std::uint8_t>(next_++ % 251);
        left_ -= count;
        return count;
    }

  private:
    std::uint64_t left_;
    std::uint64_t next_ = 0;
};

class Nowhere final : public base::Writer {
  public:
    void write(base::ByteView) override {}
};

// Fails once `most` bytes were written.
class FullDisk final : public base::Writer {
  public:
    explicit FullDisk(std::uint64_t most) : left_(most) {}
    void write(base::ByteView bytes) override {
        if (bytes.size() > left_) throw Error(ErrorKind::storage, "the disk is full");
        left_ -= bytes.size();
    }

  private:
    std::uint64_t left_;
};

class BrokenConnection final : public base::Reader {
  public:
    explicit BrokenConnection(base::ByteView bytes) : start_(bytes) {}
    std::size_t read(base::MutableBytes out) override {
        const std::size_t count = start_.read(out);
        if (count == 0) throw Error(ErrorKind::unavailable, "the server stopped answering");
        return count;
    }

  private:
    base::MemoryReader start_;
};

}  // namespace

TEST_CASE("content of every size comes back as it was, at the size that padding gives") {
    test::Random random;
    INFO(random.seed());
    for (const std::size_t size : {0UL, 1UL, 4095UL, 4096UL, 4097UL, 65'535UL, 65'536UL, 65'537UL,
                                   131'072UL, 262'144UL, 262'145UL, 300'000UL, 3'000'001UL}) {
        CAPTURE(size);
        const base::Bytes plain = random.bytes(size);
        const auto sealed = test::seal_document(plain);
        CHECK(sealed.content.size() == document::stored_size(document::padded_size(size)));
        CHECK(sealed.promise.payloads.at(statement::Role::content) ==
              test::payload_of(sealed.content));
        CHECK(test::open_document(sealed) == plain);
        base::MemoryReader stored(sealed.content);
        document::verify_content(sealed.key, sealed.promise, sealed.described, stored);
    }
}

TEST_CASE("content that ends in zeros comes back with them") {
    base::Bytes plain(10'000);
    plain.front() = 1;
    CHECK(test::open_document(test::seal_document(plain)) == plain);
}

TEST_CASE("a source that changed its length while it was read is refused") {
    const auto key = crypto::random_secret<age::FileKey>();
    for (const std::uint64_t size : {0UL, 1UL, 4096UL, 100'000UL, 1'000'000UL}) {
        CAPTURE(size);
        const auto seal_another = [&](std::uint64_t length) {
            Pattern in(length);
            Nowhere out;
            return document::seal_content(key, in, size, out);
        };
        CHECK(seal_another(size).size == size);
        CHECK(refuses(ErrorKind::conflict, [&] { return seal_another(size + 1); }));
        CHECK(refuses(ErrorKind::conflict, [&] { return seal_another(size + 5'000'000); }));
        if (size == 0) continue;
        CHECK(refuses(ErrorKind::conflict, [&] { return seal_another(size - 1); }));
        CHECK(refuses(ErrorKind::conflict, [&] { return seal_another(0); }));
    }
}

TEST_CASE("content too large for a tar member is refused before it is read") {
    const auto key = crypto::random_secret<age::FileKey>();
    for (const std::uint64_t size : {statement::kPayloadLimit, statement::kPayloadLimit * 2,
                                     std::uint64_t{1} << 63, ~std::uint64_t{0}}) {
        CAPTURE(size);
        base::MemoryReader in({});
        Nowhere out;
        CHECK(
            refuses(ErrorKind::limit, [&] { return document::seal_content(key, in, size, out); }));
    }
}

TEST_CASE("a source, a disk or a connection that fails is reported as it is") {
    test::Random random;
    INFO(random.seed());
    const base::Bytes plain = random.bytes(1'000'000);
    const auto sealed = test::seal_document(plain);
    for (const std::size_t most : {0UL, 100UL, 70'000UL, 900'000UL}) {
        CAPTURE(most);
        CHECK(refuses(ErrorKind::storage, [&] {
            base::MemoryReader in(plain);
            FullDisk out(most);
            return document::seal_content(sealed.key, in, plain.size(), out);
        }));
        CHECK(refuses(ErrorKind::storage, [&] {
            base::MemoryReader in(sealed.content);
            FullDisk out(most);
            document::open_content(sealed.key, sealed.promise, sealed.described, in, out);
            return true;
        }));
        CHECK(refuses(ErrorKind::unavailable, [&] {
            BrokenConnection in(base::ByteView(sealed.content).first(most));
            Nowhere out;
            document::open_content(sealed.key, sealed.promise, sealed.described, in, out);
            return true;
        }));
        CHECK(refuses(ErrorKind::unavailable, [&] {
            BrokenConnection in(base::ByteView(plain).first(most));
            Nowhere out;
            return document::seal_content(sealed.key, in, plain.size(), out);
        }));
    }
}

TEST_CASE("metadata of another promise opens no content") {
    const auto sealed = test::seal_document(base::as_bytes("one text"));
    const auto other = test::seal_document(base::as_bytes("another text"));
    base::MemoryReader stored(sealed.content);
    base::MemoryWriter plain;
    CHECK(refuses(ErrorKind::forged, [&] {
        document::open_content(sealed.key, sealed.promise, other.described, stored, plain);
        return true;
    }));
    CHECK(plain.bytes().empty());
}
