#include "support/random.hpp"
#include "support/vectors.hpp"

#include <kluis/document/padding.hpp>

#include <doctest/doctest.h>

#include <bit>

using namespace kluis;
using document::padded_size;

TEST_CASE("each size of the vectors is padded to the length given") {
    for (const auto& vector : test::vectors("padding")) {
        CAPTURE(vector.name);
        CHECK(padded_size(vector.number("size")) == vector.number("padded"));
    }
}

TEST_CASE("padding is never shorter, costs at most 12 %, and is its own padding") {
    test::Random random;
    INFO(random.seed());
    for (int i = 0; i < 100'000; ++i) {
        const std::uint64_t size = random.below(std::uint64_t{1} << (1 + random.below(62)));
        const std::uint64_t padded = padded_size(size);
        CAPTURE(size);
        REQUIRE(padded >= size);
        REQUIRE(padded >= document::kLeastPadded);
        REQUIRE((padded == document::kLeastPadded || padded - size <= size / 100 * 12 + 12));
        REQUIRE(padded_size(padded) == padded);
    }
}

TEST_CASE("few lengths remain: of a size of n bits as many bits stay as n has") {
    for (unsigned bits = 13; bits <= 62; ++bits) {
        const std::uint64_t padded = padded_size((std::uint64_t{1} << bits) + 12345 % (1U << 12));
        const auto width = static_cast<unsigned>(std::bit_width(padded));
        const auto zeros = static_cast<unsigned>(std::countr_zero(padded));
        CHECK(width - zeros <= 1 + static_cast<unsigned>(std::bit_width(bits)));
    }
}
