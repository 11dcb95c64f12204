#include "readers.hpp"

#include <kluis/age/seal/split.hpp>

#include <doctest/doctest.h>
#include <support/refusal.hpp>

using namespace kluis;
using base::ErrorKind;
using test::refuses;

namespace {

base::Bytes some_header() {
    const age::X25519Recipient recipient(
        crypto::x25519_public(crypto::random_secret<crypto::X25519Secret>()));
    return age::make_header(crypto::random_secret<age::FileKey>(), recipient);
}

void split_all(base::Reader& file, const base::Bytes& header, base::ByteView payload) {
    age::SplitReader split(file);
    CHECK(base::equal(split.header(), header));
    CHECK(base::equal(base::read_all(split, 1 << 24, "payload"), payload));
}

}  // namespace

TEST_CASE("the size of a header is known as soon as it is whole, and not before") {
    const base::Bytes header = some_header();
    for (std::size_t size = 0; size < header.size(); ++size)
        CHECK(!age::header_size(base::ByteView(header).first(size)));
    CHECK(age::header_size(header) == header.size());
    const base::Bytes more = base::concat({header, base::as_bytes("\n--- more\n")});
    CHECK(age::header_size(more) == header.size());
}

TEST_CASE("a file that is split and joined is the same file") {
    const base::Bytes header = some_header();
    for (const std::size_t size : {0, 1, 4000, 100'000}) {
        const base::Bytes payload(size, 7);
        base::MemoryReader payload_reader(payload);
        base::MemoryWriter file;
        CHECK(age::join(header, payload_reader, file) == header.size() + size);
        base::MemoryReader at_once(file.bytes());
        split_all(at_once, header, payload);
        test::SlowReader slowly(file.bytes());
        split_all(slowly, header, payload);
    }
}

TEST_CASE("what is no header is not joined") {
    const base::Bytes payload(100);
    base::MemoryReader reader(payload);
    base::MemoryWriter file;
    CHECK(refuses(ErrorKind::malformed, [&] {
        return age::join(base::as_bytes("age-encryption.org/v1\n"), reader, file);
    }));
    CHECK(file.bytes().empty());
}

TEST_CASE("what is no age file is refused from its first bytes") {
    for (const std::string text :
         {"x", "%PDF-1.7", "age-encryption.org/v2\n-> a\n", "-----BEGIN AGE ENCRYPTED FILE-----"}) {
        base::MemoryReader file(base::as_bytes(text));
        CHECK(
            refuses(ErrorKind::malformed, [&] { return age::SplitReader(file).header().size(); }));
    }
}

TEST_CASE("an age file that ends within its header is refused") {
    const base::Bytes header = some_header();
    base::MemoryReader file(base::ByteView(header).first(header.size() - 1));
    CHECK(refuses(ErrorKind::malformed, [&] { return age::SplitReader(file).header().size(); }));
    base::MemoryReader empty({});
    CHECK(refuses(ErrorKind::malformed, [&] { return age::SplitReader(empty).header().size(); }));
}

TEST_CASE("a header without end is refused after 1 MiB, whatever comes behind") {
    base::Bytes endless = base::to_bytes("age-encryption.org/v1\n-> ");
    endless.resize(age::kMaxHeaderSize + 1, 'a');
    base::append(endless, "\n--- a\n");
    base::MemoryReader file(endless);
    CHECK(refuses(ErrorKind::limit, [&] { return age::SplitReader(file).header().size(); }));
}
