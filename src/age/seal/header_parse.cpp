#include "header_lines.hpp"

#include <kluis/age/seal/header.hpp>
#include <kluis/base/encoding.hpp>

namespace kluis::age {
namespace {

using base::Error;
using base::ErrorKind;

[[noreturn]] void refuse(const std::string& what) {
    throw Error(ErrorKind::malformed, "the header " + what);
}

// The lines of a header, one after another.
class Lines {
  public:
    explicit Lines(std::string_view rest) : rest_(rest) {}

    bool at_end() const { return rest_.empty(); }

    std::string_view next() {
        const std::size_t end = rest_.find('\n');
        if (end == std::string_view::npos) refuse("is cut short");
        const std::string_view line = rest_.substr(0, end);
        rest_.remove_prefix(end + 1);
        return line;
    }

  private:
    std::string_view rest_;
};

std::vector<std::string> parse_arguments(std::string_view text) {
    std::vector<std::string> arguments;
    for (;;) {
        const std::size_t end = text.find(' ');
        const std::string_view argument = text.substr(0, end);
        if (argument.empty()) refuse("has an empty argument");
        for (const char c : argument) {
            if (c < 0x21 || c > 0x7e) refuse("has an argument with an invalid character");
        }
        arguments.emplace_back(argument);
        if (end == std::string_view::npos) return arguments;
        text.remove_prefix(end + 1);
    }
}

base::Bytes parse_body(Lines& lines) {
    std::string body;
    for (;;) {
        const std::string_view line = lines.next();
        if (line.size() > kBodyColumns) refuse("has a line that is too long");
        body += line;
        if (line.size() < kBodyColumns) break;
    }
    return base::base64_raw_decode(body, "a stanza's body");
}

HeaderMac parse_mac(std::string_view line) {
    if (!line.starts_with(kMacPrefix)) refuse("has a malformed last line");
    return HeaderMac::from(base::base64_raw_decode(line.substr(kMacPrefix.size()), "header MAC"));
}

}  // namespace

Header parse_header(base::ByteView bytes) {
    if (bytes.size() > kMaxHeaderSize) {
        throw Error(ErrorKind::limit, kTooLarge);
    }
    Lines lines(base::as_text(bytes));
    if (lines.next() != kVersionLine) refuse("is not of age version 1");
    Header header;
    for (;;) {
        const std::string_view line = lines.next();
        if (line.starts_with(kMacMark)) {
            header.mac = parse_mac(line);
            break;
        }
        if (!line.starts_with(kStanzaPrefix)) refuse("has a line that begins no stanza");
        if (header.stanzas.size() == kMaxStanzas) {
            throw Error(ErrorKind::limit, "the header has too many stanzas");
        }
        auto arguments = parse_arguments(line.substr(kStanzaPrefix.size()));
        header.stanzas.push_back({std::move(arguments), parse_body(lines)});
    }
    if (header.stanzas.empty()) refuse("has no stanza");
    if (!lines.at_end()) refuse("is followed by something else");
    return header;
}

}  // namespace kluis::age
