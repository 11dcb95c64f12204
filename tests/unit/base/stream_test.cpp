#include "support/refusal.hpp"

#include <kluis/base/stream.hpp>

#include <doctest/doctest.h>

using namespace kluis::base;

namespace {

// Gives at most three bytes at a time, as a pipe may.
class SlowReader final : public Reader {
  public:
    explicit SlowReader(ByteView bytes) : source_(bytes) {}
    std::size_t read(MutableBytes out) override {
        return source_.read(out.first(std::min<std::size_t>(out.size(), 3)));
    }

  private:
    MemoryReader source_;
};

}  // namespace

TEST_CASE("a full read goes on after short ones and stops at the end") {
    SlowReader in(as_bytes("abcdefgh"));
    Bytes out(5);
    CHECK(read_full(in, out) == 5);
    CHECK(as_text(out) == "abcde");
    CHECK(read_full(in, out) == 3);
    CHECK(as_text(out).substr(0, 3) == "fgh");
    CHECK(read_full(in, out) == 0);
}

TEST_CASE("a stream of exactly the limit is read whole, and one byte more is refused") {
    SlowReader fits(as_bytes("abcdefgh"));
    CHECK(read_all(fits, 8, "input") == to_bytes("abcdefgh"));
    SlowReader too_large(as_bytes("abcdefgh"));
    const auto error = kluis::test::refusal([&] { return read_all(too_large, 7, "input"); });
    REQUIRE(error);
    CHECK(error->kind() == ErrorKind::limit);
    CHECK(std::string(error->what()) == "input is larger than 7 bytes");
}

TEST_CASE("a copy carries every byte and counts them") {
    Bytes large(200'001);
    for (std::size_t i = 0; i < large.size(); ++i)
        large[i] = static_cast<std::uint8_t>(i % 251);
    MemoryReader in(large);
    MemoryWriter out;
    CHECK(copy(in, out) == large.size());
    CHECK(out.bytes() == large);
}
