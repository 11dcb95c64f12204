#include "header_lines.hpp"

#include <kluis/age/seal/split.hpp>

namespace kluis::age {
namespace {

using base::Error;
using base::ErrorKind;

constexpr std::size_t kFirstRead = 4096;
constexpr std::string_view kAnyVersion = "age-encryption.org/";

void refuse_other_beginnings(std::string_view start) {
    const std::string expected = std::string(kVersionLine) + '\n';
    const std::size_t common = std::min(start.size(), expected.size());
    if (start.substr(0, common) == std::string_view(expected).substr(0, common)) return;
    throw Error(ErrorKind::malformed, start.starts_with(kAnyVersion)
                                          ? "this is an age file of an unknown version"
                                          : "this is not an age file");
}

}  // namespace

std::optional<std::size_t> header_size(base::ByteView start) {
    const std::string_view text = base::as_text(start);
    refuse_other_beginnings(text);
    const std::string mac_line = '\n' + std::string(kMacMark);
    const std::size_t mac = text.substr(0, kMaxHeaderSize).find(mac_line);
    if (mac != std::string_view::npos) {
        const std::size_t end = text.substr(0, kMaxHeaderSize).find('\n', mac + mac_line.size());
        if (end != std::string_view::npos) return end + 1;
    }
    if (start.size() >= kMaxHeaderSize) {
        throw Error(ErrorKind::limit, kTooLarge);
    }
    return std::nullopt;
}

SplitReader::SplitReader(base::Reader& file) : file_(file) {
    for (;;) {
        const std::size_t before = start_.size();
        start_.resize(std::min(kMaxHeaderSize, std::max(kFirstRead, 2 * before)));
        const std::size_t count = file_.read(base::MutableBytes(start_).subspan(before));
        start_.resize(before + count);
        if (const auto size = header_size(start_)) {
            header_size_ = given_ = *size;
            return;
        }
        if (count == 0) throw Error(ErrorKind::malformed, "the header is cut short");
    }
}

std::size_t SplitReader::read(base::MutableBytes out) {
    const base::ByteView kept = base::ByteView(start_).subspan(given_);
    if (kept.empty()) return file_.read(out);
    const std::size_t count = std::min(out.size(), kept.size());
    std::ranges::copy(kept.first(count), out.begin());
    given_ += count;
    return count;
}

std::uint64_t join(base::ByteView header, base::Reader& payload, base::Writer& file) {
    static_cast<void>(parse_header(header));
    file.write(header);
    return header.size() + base::copy(payload, file);
}

}  // namespace kluis::age
