#include <kluis/base/json.hpp>
#include <kluis/base/text.hpp>

namespace kluis::base {
namespace {

// The order of UTF-16 code units, which RFC 8785 asks for, of two UTF-8 strings. It is the order of
// the bytes, but that what lies beyond the Basic Multilingual Plane (lead bytes from 0xf0, in
// UTF-16 surrogates from 0xd800) comes before U+E000 to U+FFFF (lead bytes 0xee and 0xef).
bool utf16_less(std::string_view a, std::string_view b) {
    const auto [at_a, at_b] = std::ranges::mismatch(a, b);
    if (at_a == a.end() || at_b == b.end()) return at_a == a.end() && at_b != b.end();
    const auto rank = [](char c) {
        const auto byte = static_cast<std::uint8_t>(c);
        return byte == 0xee || byte == 0xef ? byte + 0x100 : byte;
    };
    return rank(*at_a) < rank(*at_b);
}

// Each function returns false where the value cannot be written.
class CanonicalWriter {
  public:
    explicit CanonicalWriter(JsonText text) : text_(text) {}

    bool write(const Json& json, std::size_t depth = 0) {
        return std::visit([&](const auto& value) { return put(value, depth); }, json.variant());
    }
    std::string take() { return std::move(out_); }

  private:
    bool put(const std::string& string, std::size_t) {
        const bool fits =
            text_ == JsonText::ascii
                ? std::ranges::all_of(string, [](char c) { return c >= 0 && c < 0x7f; })
                : is_utf8(as_bytes(string));
        if (!fits) return false;
        out_ += '"';
        for (char c : string)
            put_character(c);
        out_ += '"';
        return true;
    }

    void put_character(char c) {
        constexpr std::string_view kEscaped = "\b\t\n\f\r\"\\";
        constexpr std::string_view kEscapes = "btnfr\"\\";
        if (const std::size_t at = kEscaped.find(c); at != std::string_view::npos) {
            (out_ += '\\') += kEscapes[at];
        } else if (static_cast<std::uint8_t>(c) < 0x20) {
            constexpr std::string_view kDigits = "0123456789abcdef";
            ((out_ += "\\u00") += kDigits[static_cast<std::uint8_t>(c) >> 4]) += kDigits[c & 15];
        } else {
            out_ += c;
        }
    }

    bool put(std::uint64_t number, std::size_t) {
        out_ += std::to_string(number);
        return number < kJsonIntegerLimit;
    }

    bool put(bool truth, std::size_t) {
        out_ += truth ? "true" : "false";
        return text_ == JsonText::utf8;
    }

    bool put(const Json::Array& items, std::size_t depth) {
        if (depth == kJsonDepth) return false;
        out_ += '[';
        for (const Json& item : items) {
            if (&item != items.data()) out_ += ',';
            if (!write(item, depth + 1)) return false;
        }
        out_ += ']';
        return true;
    }

    bool put(const Json::Object& members, std::size_t depth) {
        if (depth == kJsonDepth) return false;
        std::vector<const Json::Object::value_type*> sorted;
        sorted.reserve(members.size());
        for (const auto& member : members)
            sorted.push_back(&member);
        std::ranges::sort(sorted, utf16_less,
                          [](const auto* m) { return std::string_view(m->first); });
        out_ += '{';
        for (const auto* member : sorted) {
            if (member != sorted.front()) out_ += ',';
            if (!put(member->first, depth)) return false;
            out_ += ':';
            if (!write(member->second, depth + 1)) return false;
        }
        out_ += '}';
        return true;
    }

    JsonText text_;
    std::string out_;
};

std::optional<std::string> encode(const Json& json, JsonText text) {
    CanonicalWriter writer(text);
    if (!writer.write(json)) return std::nullopt;
    return writer.take();
}

}  // namespace

std::string canonical_json(const Json& json, JsonText text) {
    if (auto encoded = encode(json, text)) return *std::move(encoded);
    throw Error(ErrorKind::internal, "a value cannot be written as canonical JSON");
}

Json parse_canonical_json(ByteView bytes, JsonText text, std::string_view what) {
    Json json = parse_json(bytes, what);
    if (encode(json, text) != as_text(bytes)) {
        throw Error(ErrorKind::malformed, std::string(what) + " is not canonical JSON");
    }
    return json;
}

}  // namespace kluis::base
