#include <kluis/base/words.hpp>
#include <kluis/statement/words.hpp>

#include <doctest/doctest.h>

using namespace kluis;

TEST_CASE("a head's four words are the first 44 bits of its labelled digest") {
    const crypto::Digest head = crypto::sha256(base::as_bytes("a head"));
    base::Bytes input = base::to_bytes("bewijskluis.org/v1/words");
    base::append(input, head);
    const crypto::Digest digest = crypto::sha256(input);
    std::uint64_t bits = 0;
    for (std::size_t i = 0; i < 8; ++i)
        bits = bits << 8 | digest.view()[i];
    std::string expected;
    for (int word = 0; word < 4; ++word) {
        if (word > 0) expected += ' ';
        expected += base::word((bits >> (64 - 11 * (word + 1))) & 2047);
    }
    CHECK(statement::four_words(head) == expected);
}
