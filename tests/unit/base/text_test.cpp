#include <kluis/base/text.hpp>

#include <doctest/doctest.h>

using namespace kluis::base;

TEST_CASE("text of every script is valid UTF-8 and is shown as it is") {
    for (const char* text : {"", "plain", "é", "سعاد", "日本語", "😀", "\u0301", "a b"}) {
        CAPTURE(text);
        CHECK(is_utf8(as_bytes(text)));
        CHECK(printable(text) == text);
    }
}

TEST_CASE("invalid UTF-8 is found and shown byte by byte") {
    const std::pair<std::string_view, std::string_view> cases[] = {
        {"\x80", "\\x80"},                             // continuation alone
        {"\xc3", "\\xc3"},                             // cut short
        {"\xc3(", "\\xc3("},                           // not continued
        {"\xc0\xaf", "\\xc0\\xaf"},                    // overlong, two bytes
        {"\xe0\x80\xaf", "\\xe0\\x80\\xaf"},           // overlong, three
        {"\xf0\x80\x80\xaf", "\\xf0\\x80\\x80\\xaf"},  // overlong, four
        {"\xed\xa0\x80", "\\xed\\xa0\\x80"},           // surrogate
        {"\xf4\x90\x80\x80", "\\xf4\\x90\\x80\\x80"},  // beyond Unicode
        {"\xf5\x80\x80\x80", "\\xf5\\x80\\x80\\x80"},  // no lead byte
        {"\xff", "\\xff"},
    };
    for (const auto& [text, shown] : cases) {
        CAPTURE(shown);
        CHECK_FALSE(is_utf8(as_bytes(text)));
        CHECK(printable(text) == shown);
    }
}

TEST_CASE("what could act on a terminal or reorder a line is shown as an escape") {
    CHECK(printable("a\x1b[2Jb") == "a\\x1b[2Jb");
    CHECK(printable("a\nb\r\t") == "a\\x0ab\\x0d\\x09");
    CHECK(printable(std::string_view("a\0b", 3)) == "a\\x00b");
    CHECK(printable("\x7f") == "\\x7f");
    CHECK(printable("\u0085") == "\\u{85}");
    CHECK(printable("evil\u202Efdp.exe") == "evil\\u{202e}fdp.exe");
    CHECK(printable("\u2066a\u2069") == "\\u{2066}a\\u{2069}");
    CHECK(printable("a\u200bb\u200d") == "a\\u{200b}b\\u{200d}");
    CHECK(printable("\u2028\ufeff") == "\\u{2028}\\u{feff}");
    CHECK(printable("\U000e0041") == "\\u{e0041}");
}

TEST_CASE("a joiner or non-joiner is shown as it is between letters that it is spelled with") {
    for (const char* text : {"می\u200cخواهم", "کتاب\u200cها", "र्\u200dक"}) {
        CAPTURE(text);
        CHECK(printable(text) == text);
    }
    CHECK(printable("pay\u200cpal") == "pay\\u{200c}pal");
    CHECK(printable("م\u200c") == "م\\u{200c}");
    CHECK(printable("\u200cم") == "\\u{200c}م");
    CHECK(printable("م\u200cx") == "م\\u{200c}x");
    CHECK(printable("م\u200c\u200dم") == "م\\u{200c}\\u{200d}م");
    CHECK(printable("م\u200bم") == "م\\u{200b}م");
}

TEST_CASE("characters that take room or none and are not seen are shown as escapes") {
    CHECK(printable("a\u3164b\u115f\u1160") == "a\\u{3164}b\\u{115f}\\u{1160}");
    CHECK(printable("a\uffa0b\u034f") == "a\\u{ffa0}b\\u{34f}");
    CHECK(printable("\u17b4\u17b5") == "\\u{17b4}\\u{17b5}");
}

TEST_CASE("only ASCII letters are made lower case") {
    CHECK(lower_ascii("AZaz09-É") == "azaz09-É");
}
