#include "lines.hpp"

namespace kluis::bundle {

namespace {

using base::Error;
using base::ErrorKind;

constexpr std::size_t kReadSize = 64 * 1024;

}  // namespace

std::optional<base::ByteView> LineReader::next(std::size_t most) {
    std::size_t searched = 0;
    for (;;) {
        const auto rest = base::ByteView(buffer_).subspan(begin_);
        const auto end = std::ranges::find(rest.subspan(searched), '\n');
        const auto size = static_cast<std::size_t>(end - rest.begin());
        if (size > most) {
            throw Error(ErrorKind::malformed, what_ + " has a line that is too long");
        }
        if (end != rest.end()) {
            begin_ += size + 1;
            return rest.first(size);
        }
        searched = size;
        if (!read_more()) {
            if (size == 0) {
                return std::nullopt;
            }
            throw Error(ErrorKind::malformed, "the last line of " + what_ + " has no end");
        }
    }
}

bool LineReader::read_more() {
    buffer_.erase(buffer_.begin(), buffer_.begin() + static_cast<std::ptrdiff_t>(begin_));
    begin_ = 0;
    const auto before = buffer_.size();
    buffer_.resize(before + kReadSize);
    const auto count = in_.read(base::MutableBytes(buffer_).subspan(before));
    buffer_.resize(before + count);
    return count > 0;
}

}  // namespace kluis::bundle
