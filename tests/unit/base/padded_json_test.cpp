#include "support/refusal.hpp"

#include <kluis/base/padded_json.hpp>

#include <doctest/doctest.h>

using namespace kluis::base;
using kluis::test::refuses;

namespace {

constexpr PaddedRange kRange = {64, 256};

// The text `{"a":"x…"}` of `size` bytes.
Json of_size(std::size_t size) {
    return Json{{"a", std::string(size - 8, 'x')}};
}

Json unpad(std::string_view padded) {
    return unpad_json(as_bytes(padded), kRange, "the text");
}

std::string spaces(std::size_t count) {
    return std::string(count, ' ');
}

}  // namespace

TEST_CASE("JSON is padded to a power of two, and comes back") {
    const std::pair<std::size_t, std::size_t> sizes[] = {
        {8, 64}, {63, 64}, {64, 64}, {65, 128}, {128, 128}, {129, 256}, {256, 256}};
    for (const auto& [size, padded_size] : sizes) {
        CAPTURE(size);
        const Bytes padded = pad_json(of_size(size), kRange, "the text");
        CHECK(padded.size() == padded_size);
        CHECK(unpad_json(padded, kRange, "the text") == of_size(size));
    }
}

TEST_CASE("JSON that is longer than the range is refused, before it is padded and after") {
    CHECK(refuses(ErrorKind::limit, [] { return pad_json(of_size(257), kRange, "the text"); }));
    CHECK(refuses(ErrorKind::limit, [] { return unpad("{}" + spaces(510)); }));
}

TEST_CASE("padding of another length or of anything but spaces is refused") {
    CHECK(unpad("{}" + spaces(62)) == Json());
    for (const std::string& text :
         {std::string(), std::string("{}"), "{}" + spaces(61), "{}" + spaces(63),
          "{}" + spaces(126), "{}" + std::string(62, '\0'), "{}" + spaces(61) + "\n",
          " {}" + spaces(61), spaces(64), "{} {}" + spaces(59)}) {
        CHECK(refuses(ErrorKind::malformed, [&] { return unpad(text); }));
    }
}
