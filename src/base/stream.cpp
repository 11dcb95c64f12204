#include <kluis/base/stream.hpp>

namespace kluis::base {
namespace {
constexpr std::size_t kCopySize = 64 * 1024;
}

std::size_t read_full(Reader& in, MutableBytes out) {
    std::size_t filled = 0;
    while (filled < out.size()) {
        const std::size_t count = in.read(out.subspan(filled));
        if (count == 0) break;
        filled += count;
    }
    return filled;
}

Bytes read_all(Reader& in, std::size_t most, std::string_view what) {
    Bytes result;
    Bytes chunk(kCopySize);
    while (const std::size_t count = in.read(chunk)) {
        if (count > most - result.size()) {
            throw Error(ErrorKind::limit,
                        std::string(what) + " is larger than " + std::to_string(most) + " bytes");
        }
        append(result, ByteView(chunk).first(count));
    }
    return result;
}

std::uint64_t copy(Reader& in, Writer& out) {
    Bytes chunk(kCopySize);
    std::uint64_t total = 0;
    while (const std::size_t count = in.read(chunk)) {
        out.write(ByteView(chunk).first(count));
        total += count;
    }
    return total;
}

std::size_t MemoryReader::read(MutableBytes out) {
    const std::size_t count = std::min(out.size(), rest_.size());
    std::ranges::copy(rest_.first(count), out.begin());
    rest_ = rest_.subspan(count);
    return count;
}

}  // namespace kluis::base
