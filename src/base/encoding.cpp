#include <kluis/base/encoding.hpp>

#include <optional>

namespace kluis::base {
namespace {

constexpr std::string_view kHexDigits = "0123456789abcdef";
constexpr std::string_view kBase64Digits =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view kBase32Digits = "abcdefghijklmnopqrstuvwxyz234567";

constexpr std::uint8_t kNoDigit = 0xff;

constexpr std::array<std::uint8_t, 256> values_of(std::string_view digits) {
    std::array<std::uint8_t, 256> values{};
    values.fill(kNoDigit);
    for (std::size_t i = 0; i < digits.size(); ++i) {
        values[static_cast<std::uint8_t>(digits[i])] = static_cast<std::uint8_t>(i);
    }
    return values;
}

constexpr auto kHexValues = values_of(kHexDigits);
constexpr auto kBase64Values = values_of(kBase64Digits);
constexpr auto kBase32Values = values_of(kBase32Digits);

// Each result is reserved whole beforehand, so that a secret leaves no copy behind by growing.
std::string encode_bits(ByteView bytes, unsigned width, std::string_view digits) {
    std::string text;
    text.reserve((bytes.size() * 8 + width - 1) / width);
    std::uint32_t pending = 0;
    unsigned bits = 0;
    const std::uint32_t mask = (1U << width) - 1;
    for (std::uint8_t byte : bytes) {
        pending = (pending << 8) | byte;
        bits += 8;
        while (bits >= width) {
            bits -= width;
            text.push_back(digits[(pending >> bits) & mask]);
        }
    }
    if (bits > 0) text.push_back(digits[(pending << (width - bits)) & mask]);
    return text;
}

// Nothing if a character is not a digit, a whole digit carries no byte, or an unused bit is set.
std::optional<Bytes> decode_bits(std::string_view text, unsigned width,
                                 const std::array<std::uint8_t, 256>& values) {
    Bytes bytes;
    bytes.reserve(text.size() * width / 8);
    std::uint32_t pending = 0;
    unsigned bits = 0;
    for (char c : text) {
        const std::uint8_t value = values[static_cast<std::uint8_t>(c)];
        if (value == kNoDigit) return std::nullopt;
        pending = (pending << width) | value;
        bits += width;
        if (bits >= 8) {
            bits -= 8;
            bytes.push_back(static_cast<std::uint8_t>(pending >> bits));
        }
    }
    const std::uint32_t unused = pending & ((1U << bits) - 1);
    if (bits >= width || unused != 0) return std::nullopt;
    return bytes;
}

Bytes decoded_or_refused(std::optional<Bytes> bytes, std::string_view what, const char* encoding) {
    if (bytes) return *std::move(bytes);
    throw Error(ErrorKind::malformed, std::string(what) + " is not canonical " + encoding);
}

}  // namespace

std::string hex_encode(ByteView bytes) {
    return encode_bits(bytes, 4, kHexDigits);
}

void hex_encode_to(MutableBytes out, ByteView bytes) {
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        out[2 * i] = static_cast<std::uint8_t>(kHexDigits[bytes[i] >> 4]);
        out[2 * i + 1] = static_cast<std::uint8_t>(kHexDigits[bytes[i] & 15]);
    }
}

Bytes hex_decode(std::string_view text, std::string_view what) {
    return decoded_or_refused(decode_bits(text, 4, kHexValues), what, "lower-case hexadecimal");
}

std::string base64_encode(ByteView bytes) {
    std::string text;
    text.reserve((bytes.size() + 2) / 3 * 4);
    text += encode_bits(bytes, 6, kBase64Digits);
    text.append((4 - text.size() % 4) % 4, '=');
    return text;
}

Bytes base64_decode(std::string_view text, std::string_view what) {
    std::string_view digits = text;
    if (digits.ends_with('=')) digits.remove_suffix(1);
    if (digits.ends_with('=')) digits.remove_suffix(1);
    const bool padded_right =
        text.size() % 4 == 0 && text.size() - digits.size() == (4 - digits.size() % 4) % 4;
    return decoded_or_refused(padded_right ? decode_bits(digits, 6, kBase64Values) : std::nullopt,
                              what, "base64");
}

std::string base64_raw_encode(ByteView bytes) {
    return encode_bits(bytes, 6, kBase64Digits);
}

Bytes base64_raw_decode(std::string_view text, std::string_view what) {
    return decoded_or_refused(decode_bits(text, 6, kBase64Values), what, "base64 without padding");
}

std::string base32_encode(ByteView bytes) {
    return encode_bits(bytes, 5, kBase32Digits);
}

Bytes base32_decode(std::string_view text, std::string_view what) {
    return decoded_or_refused(decode_bits(text, 5, kBase32Values), what, "lower-case base32");
}

}  // namespace kluis::base
