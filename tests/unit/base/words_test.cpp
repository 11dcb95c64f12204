#include "support/random.hpp"
#include "support/refusal.hpp"
#include "support/vectors.hpp"

#include <kluis/base/words.hpp>

#include <doctest/doctest.h>

using namespace kluis::base;
using kluis::test::refusal;
using kluis::test::refuses;

TEST_CASE("each vector of words is read as its bits, or refused, as it says") {
    for (const auto& vector : kluis::test::vectors("words")) {
        CAPTURE(vector.name);
        const std::string& text = vector.text("words");
        const std::size_t count = vector.number("count");
        const char separator = vector.text("separator")[0];
        const auto parse = [&] { return parse_words(text, count, "words", separator); };
        if (vector.text("expect") == "malformed") {
            CHECK(refuses(ErrorKind::malformed, parse));
            continue;
        }
        std::string joined;
        const Bytes bits = vector.bytes("bits");
        for (std::string_view word : words_of_bits(bits, count)) {
            (joined.empty() ? joined : joined += separator) += word;
        }
        CHECK(joined == text);
        std::string parsed;
        for (std::size_t index : parse()) {
            (parsed.empty() ? parsed : parsed += separator) += word(index);
        }
        CHECK(parsed == text);
    }
}

TEST_CASE("every word has its index, and no other text has one") {
    for (std::size_t i = 0; i < kWordCount; ++i)
        CHECK(word_index(word(i)) == i);
    for (const char* text : {"", "a", "abandonn", "Abandon", "zzz", "zoo ", "aaa"}) {
        CAPTURE(text);
        CHECK_FALSE(word_index(text));
    }
}

TEST_CASE("a refused word is named by its place and never shown") {
    const auto error = refusal([] { return parse_words("zoo hunter2 zoo", 3, "passphrase"); });
    REQUIRE(error);
    CHECK(std::string(error->what()) == "word 2 of passphrase is not in the word list");
}

TEST_CASE("an index beyond the list, and words of too few bits, are defects") {
    CHECK(refuses(ErrorKind::internal, [] { return word(kWordCount); }));
    CHECK(refuses(ErrorKind::internal, [] { return words_of_bits(Bytes(5), 4); }));
    CHECK(words_of_bits(Bytes(6), 4).size() == 4);
}
