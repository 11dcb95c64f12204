#include <kluis/age/open/armor_reader.hpp>
#include <kluis/base/encoding.hpp>

#include <string>

namespace kluis::age {
namespace {

constexpr std::size_t kReadSize = 64 * 1024;
constexpr std::size_t kMaxWhiteSpace = 1024;
constexpr std::string_view kWhiteSpace = " \t\r\n";
constexpr std::string_view kArmorLike = "-----BEGIN AGE";

[[noreturn]] void refuse(const std::string& what) {
    throw base::Error(base::ErrorKind::malformed, "the armor " + what);
}

bool is_white_space(char c) {
    return kWhiteSpace.find(c) != std::string_view::npos;
}

}  // namespace

bool is_armored(base::ByteView start) {
    const std::string_view text =
        base::as_text(start.first(std::min(start.size(), kMaxWhiteSpace + 1)));
    const std::size_t begin = text.find_first_not_of(kWhiteSpace);
    if (begin == std::string_view::npos) return false;
    return base::as_text(start).substr(begin).starts_with(kArmorLike);
}

ArmorReader::ArmorReader(base::Reader& in) : in_(in), buffer_(kReadSize) {}

std::size_t ArmorReader::read(base::MutableBytes out) {
    if (!begun_) begin();
    while (given_ == decoded_.size()) {
        if (ended_) return 0;
        next_bytes();
    }
    const base::ByteView rest = base::ByteView(decoded_).subspan(given_);
    const std::size_t count = std::min(out.size(), rest.size());
    std::ranges::copy(rest.first(count), out.begin());
    given_ += count;
    return count;
}

std::optional<char> ArmorReader::next_character() {
    if (unread_.empty()) {
        unread_ = base::as_text(base::ByteView(buffer_).first(in_.read(buffer_)));
        if (unread_.empty()) return std::nullopt;
    }
    const char c = unread_.front();
    unread_.remove_prefix(1);
    return c;
}

std::string ArmorReader::next_line() {
    std::string line;
    while (const auto c = next_character()) {
        if (*c == '\n') {
            if (line.ends_with('\r')) line.pop_back();
            return line;
        }
        line += *c;
        if (line.size() > kArmorColumns + 1) refuse("has a line that is too long");
    }
    // Only the last line may lack its line end.
    if (line != kArmorEnd) refuse("is cut short");
    return line;
}

void ArmorReader::begin() {
    begun_ = true;
    for (std::size_t skipped = 0;; ++skipped) {
        const auto c = next_character();
        if (!c) refuse("is empty");
        if (!is_white_space(*c)) {
            // The line's first character is read already.
            if (*c != kArmorBegin.front() || next_line() != kArmorBegin.substr(1)) {
                refuse("does not begin with '" + std::string(kArmorBegin) + "'");
            }
            return;
        }
        if (skipped == kMaxWhiteSpace) refuse("begins with too much white space");
    }
}

void ArmorReader::next_bytes() {
    decoded_.clear();
    given_ = 0;
    std::string text;
    while (text.size() < kReadSize) {
        const std::string line = next_line();
        if (line == kArmorEnd) {
            end();
            break;
        }
        if (short_line_) refuse("has a short line before its last one");
        if (line.empty() || line.size() > kArmorColumns) refuse("has a line of wrong length");
        short_line_ = line.size() < kArmorColumns || line.ends_with('=');
        text += line;
    }
    decoded_ = base::base64_decode(text, "the armor");
}

void ArmorReader::end() {
    ended_ = true;
    for (std::size_t skipped = 0; const auto c = next_character(); ++skipped) {
        if (!is_white_space(*c)) refuse("is followed by something else");
        if (skipped == kMaxWhiteSpace) refuse("ends with too much white space");
    }
}

}  // namespace kluis::age
