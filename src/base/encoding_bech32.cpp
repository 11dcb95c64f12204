#include <kluis/base/encoding.hpp>
#include <kluis/base/text.hpp>

namespace kluis::base {
namespace {

constexpr std::string_view kDigits = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
constexpr std::size_t kChecksumDigits = 6;

// BIP 173's checksum, fed one 5-bit value at a time: what is encoded may be a secret, so no list of
// its values is ever made.
class Checksum {
  public:
    explicit Checksum(std::string_view hrp) {
        for (char c : hrp)
            add(static_cast<std::uint8_t>(c) >> 5);
        add(0);
        for (char c : hrp)
            add(static_cast<std::uint8_t>(c) & 31);
    }

    void add(std::uint32_t value) {
        constexpr std::array<std::uint32_t, 5> kGenerator = {0x3b6a57b2, 0x26508e6d, 0x1ea119fa,
                                                             0x3d4233dd, 0x2a1462b3};
        const std::uint32_t top = state_ >> 25;
        state_ = ((state_ & 0x1ffffff) << 5) ^ value;
        for (std::size_t i = 0; i < kGenerator.size(); ++i) {
            if ((top >> i) & 1) state_ ^= kGenerator[i];
        }
    }

    std::uint32_t state() const { return state_; }

  private:
    std::uint32_t state_ = 1;
};

[[noreturn]] void refuse(std::string_view what, const char* why) {
    throw Error(ErrorKind::malformed, std::string(what) + " is not valid bech32: " + why);
}

bool is_mixed_case(std::string_view text) {
    const auto is_lower = [](char c) { return c >= 'a' && c <= 'z'; };
    const auto is_upper = [](char c) { return c >= 'A' && c <= 'Z'; };
    return std::ranges::any_of(text, is_lower) && std::ranges::any_of(text, is_upper);
}

std::uint32_t value_of(char digit, std::string_view what) {
    const char lower = digit >= 'A' && digit <= 'Z' ? static_cast<char>(digit - 'A' + 'a') : digit;
    const std::size_t value = kDigits.find(lower);
    if (value == std::string_view::npos) refuse(what, "it has a character that does not belong");
    return static_cast<std::uint32_t>(value);
}

}  // namespace

std::string bech32_encode(std::string_view hrp, ByteView bytes) {
    std::string text;
    text.reserve(hrp.size() + 1 + (bytes.size() * 8 + 4) / 5 + kChecksumDigits);
    text.append(hrp).push_back('1');
    Checksum checksum(hrp);
    const auto put = [&](std::uint32_t value) {
        checksum.add(value);
        text.push_back(kDigits[value]);
    };
    std::uint32_t pending = 0;
    unsigned bits = 0;
    for (std::uint8_t byte : bytes) {
        pending = (pending << 8) | byte;
        bits += 8;
        while (bits >= 5) {
            bits -= 5;
            put((pending >> bits) & 31);
        }
    }
    if (bits > 0) put((pending << (5 - bits)) & 31);
    for (std::size_t i = 0; i < kChecksumDigits; ++i)
        checksum.add(0);
    const std::uint32_t digest = checksum.state() ^ 1;
    for (unsigned shift = 30; shift > 0; shift -= 5) {
        text.push_back(kDigits[(digest >> (shift - 5)) & 31]);
    }
    return text;
}

Bytes bech32_decode(std::string_view hrp, std::string_view text, std::string_view what) {
    if (is_mixed_case(text)) refuse(what, "it mixes upper and lower case");
    const std::size_t separator = text.rfind('1');
    if (separator == std::string_view::npos) refuse(what, "it has no separator");
    if (lower_ascii(text.substr(0, separator)) != hrp) {
        throw Error(ErrorKind::malformed,
                    std::string(what) + " does not begin with '" + std::string(hrp) + "1'");
    }
    const std::string_view digits = text.substr(separator + 1);
    if (digits.size() < kChecksumDigits) refuse(what, "it is too short");

    Checksum checksum(hrp);
    const std::size_t data_digits = digits.size() - kChecksumDigits;
    Bytes bytes;
    bytes.reserve(data_digits * 5 / 8);
    std::uint32_t pending = 0;
    unsigned bits = 0;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        const std::uint32_t value = value_of(digits[i], what);
        checksum.add(value);
        if (i >= data_digits) continue;
        pending = (pending << 5) | value;
        bits += 5;
        if (bits >= 8) {
            bits -= 8;
            bytes.push_back(static_cast<std::uint8_t>(pending >> bits));
        }
    }
    if (checksum.state() != 1) refuse(what, "its checksum is wrong, so a character was mistyped");
    if (bits >= 5 || (pending & ((1U << bits) - 1)) != 0)
        refuse(what, "its unused bits are not zero");
    return bytes;
}

}  // namespace kluis::base
