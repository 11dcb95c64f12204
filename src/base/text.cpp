#include <kluis/base/text.hpp>

namespace kluis::base {
namespace {

struct CodePoint {
    char32_t value = 0;
    std::size_t size = 0;  // 0: not valid UTF-8 here
};

// The code point at the beginning of `bytes`, which is not empty (RFC 3629 section 4).
CodePoint first_code_point(ByteView bytes) noexcept {
    const std::uint8_t lead = bytes[0];
    if (lead < 0x80) return {lead, 1};
    const std::size_t size = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    if (lead < 0xc2 || lead > 0xf4 || bytes.size() < size) return {};
    char32_t value = lead & (0x7fU >> size);
    for (std::size_t i = 1; i < size; ++i) {
        if ((bytes[i] & 0xc0) != 0x80) return {};
        value = (value << 6) | (bytes[i] & 0x3fU);
    }
    const bool overlong = (size == 3 && value < 0x800) || (size == 4 && value < 0x10000);
    const bool surrogate = value >= 0xd800 && value <= 0xdfff;
    if (overlong || surrogate || value > 0x10ffff) return {};
    return {value, size};
}

struct Range {
    char32_t first;
    char32_t last;
};

// What acts, and what is not seen.
constexpr Range kActive[] = {
    {0x0000, 0x001f},    // control characters, line breaks
    {0x007f, 0x009f},    // delete and the second set of control characters
    {0x00ad, 0x00ad},    // soft hyphen
    {0x034f, 0x034f},    // combining grapheme joiner
    {0x061c, 0x061c},    // Arabic letter mark
    {0x115f, 0x1160},    // Hangul fillers
    {0x17b4, 0x17b5},    // Khmer inherent vowels
    {0x180e, 0x180e},    // Mongolian vowel separator
    {0x200b, 0x200f},    // zero-width characters and directional marks
    {0x2028, 0x202e},    // line and paragraph separators, directional embeddings and overrides
    {0x2060, 0x206f},    // word joiner, invisible operators, directional isolates
    {0x3164, 0x3164},    // Hangul filler
    {0xfeff, 0xfeff},    // byte order mark
    {0xffa0, 0xffa0},    // halfwidth Hangul filler
    {0xfff9, 0xfffb},    // interlinear annotation
    {0xe0000, 0xe007f},  // tags
};

// Scripts whose letters join, or make conjuncts.
constexpr Range kJoining[] = {
    {0x0620, 0x08ff},  // Arabic, Syriac, N'Ko, Mandaic
    {0x0900, 0x0dff},  // the scripts of India and Sri Lanka
    {0x1000, 0x109f},  // Myanmar
    {0x1780, 0x17d3},  // Khmer
    {0x1820, 0x18aa},  // Mongolian
};

bool lies_in(std::span<const Range> ranges, char32_t value) {
    return std::ranges::any_of(
        ranges, [value](Range range) { return value >= range.first && value <= range.last; });
}

bool is_active(char32_t value) {
    return lies_in(kActive, value);
}

// Whether `point` is a joiner or non-joiner (U+200C, U+200D) where it is part of the spelling:
// between two letters of such a script, as in Persian.
bool is_spelling(CodePoint point, char32_t before, ByteView after) {
    if (point.value != 0x200c && point.value != 0x200d) return false;
    return lies_in(kJoining, before) && !after.empty() &&
           lies_in(kJoining, first_code_point(after).value);
}

void append_hex(std::string& out, std::uint32_t value, int least_digits) {
    constexpr char kDigits[] = "0123456789abcdef";
    int digits = least_digits;
    while (digits < 8 && (value >> (4 * digits)) != 0)
        ++digits;
    while (digits-- > 0)
        out.push_back(kDigits[(value >> (4 * digits)) & 15]);
}

}  // namespace

bool is_utf8(ByteView bytes) noexcept {
    while (!bytes.empty()) {
        const CodePoint point = first_code_point(bytes);
        if (point.size == 0) return false;
        bytes = bytes.subspan(point.size);
    }
    return true;
}

std::string printable(std::string_view text) {
    std::string result;
    result.reserve(text.size());
    ByteView rest = as_bytes(text);
    char32_t before = 0;
    while (!rest.empty()) {
        const CodePoint point = first_code_point(rest);
        const std::size_t size = std::max<std::size_t>(point.size, 1);
        const ByteView after = rest.subspan(size);
        if (point.size == 0 || (point.value < 0x80 && is_active(point.value))) {
            result += "\\x";
            append_hex(result, rest[0], 2);
        } else if (is_active(point.value) && !is_spelling(point, before, after)) {
            result += "\\u{";
            append_hex(result, point.value, 1);
            result += '}';
        } else {
            result += as_text(rest.first(size));
        }
        before = point.value;
        rest = after;
    }
    return result;
}

std::string lower_ascii(std::string_view text) {
    std::string result(text);
    for (char& c : result) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return result;
}

}  // namespace kluis::base
