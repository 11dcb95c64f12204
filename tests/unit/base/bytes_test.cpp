#include "support/refusal.hpp"

#include <kluis/base/bytes.hpp>

#include <doctest/doctest.h>

#include <set>

using namespace kluis::base;
using kluis::test::refuses;

namespace {

struct PairTag {
    static constexpr const char* kName = "pair";
};
using Pair = FixedBytes<PairTag, 2>;

struct OtherTag {
    static constexpr const char* kName = "other pair";
};

}  // namespace

TEST_CASE("parts are joined in their order, empty ones included") {
    CHECK(concat({as_bytes("ab"), {}, as_bytes("c")}) == to_bytes("abc"));
    CHECK(concat({}).empty());
}

TEST_CASE("a number is written most significant byte first") {
    CHECK(big_endian(0x0102030405060708) == Bytes{1, 2, 3, 4, 5, 6, 7, 8});
    CHECK(big_endian(0xfffe, 2) == Bytes{0xff, 0xfe});
    CHECK(big_endian(0, 0).empty());
}

TEST_CASE("a number too large for its field is a defect") {
    CHECK(refuses(ErrorKind::internal, [] { return big_endian(0x10000, 2); }));
}

TEST_CASE("a fixed value of another length is refused by its name") {
    const auto error = kluis::test::refusal([] { return Pair::from(as_bytes("abc")); });
    REQUIRE(error);
    CHECK(error->kind() == ErrorKind::malformed);
    CHECK(std::string(error->what()) == "pair is not 2 bytes long");
    CHECK(refuses(ErrorKind::malformed, [] { return Pair::from(as_bytes("a")); }));
}

TEST_CASE("fixed values are ordered by their bytes and do not convert into one another") {
    const std::set<Pair> sorted = {Pair::from(as_bytes("b\xff")), Pair::from(as_bytes("ba")),
                                   Pair::from(as_bytes("aa"))};
    CHECK(as_text(*sorted.begin()) == "aa");
    CHECK(as_text(*sorted.rbegin()) == "b\xff");
    using Other = FixedBytes<OtherTag, 2>;
    static_assert(!std::is_convertible_v<Pair, Other>);
    static_assert(!std::is_constructible_v<Other, Pair>);
    CHECK(std::string(Other::kTagName) != Pair::kTagName);
}

TEST_CASE("every kind of error has a name of its own") {
    std::set<std::string> names;
    constexpr auto kLast = static_cast<int>(ErrorKind::internal);
    for (int kind = 0; kind <= kLast; ++kind)
        names.insert(name(static_cast<ErrorKind>(kind)));
    CHECK(names.size() == kLast + 1);
    CHECK(std::string(name(ErrorKind::wrong_key)) == "wrong_key");
}
