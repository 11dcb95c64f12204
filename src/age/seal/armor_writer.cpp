#include <kluis/age/seal/armor_writer.hpp>
#include <kluis/base/encoding.hpp>

namespace kluis::age {
namespace {

constexpr std::size_t kLineBytes = kArmorColumns / 4 * 3;
constexpr std::size_t kBatch = 1024 * kLineBytes;

}  // namespace

ArmorWriter::ArmorWriter(base::Writer& out) : out_(out) {
    out_.write(base::as_bytes(std::string(kArmorBegin) + '\n'));
}

void ArmorWriter::write(base::ByteView bytes) {
    while (!bytes.empty()) {
        const std::size_t count = std::min(bytes.size(), kBatch - pending_.size());
        base::append(pending_, bytes.first(count));
        bytes = bytes.subspan(count);
        if (pending_.size() == kBatch) {
            write_lines(pending_);
            pending_.clear();
        }
    }
}

void ArmorWriter::finish() {
    write_lines(pending_);
    out_.write(base::as_bytes(std::string(kArmorEnd) + '\n'));
}

void ArmorWriter::write_lines(base::ByteView bytes) {
    const std::string text = base::base64_encode(bytes);
    std::string lines;
    lines.reserve(text.size() + text.size() / kArmorColumns + 1);
    for (std::size_t at = 0; at < text.size(); at += kArmorColumns) {
        lines.append(text, at, kArmorColumns);
        lines += '\n';
    }
    out_.write(base::as_bytes(lines));
}

}  // namespace kluis::age
