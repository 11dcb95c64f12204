#include "chunk.hpp"

#include <kluis/age/open/payload_reader.hpp>

namespace kluis::age {
namespace {

constexpr const char* kCutShort = "the file is cut short";

std::uint64_t trusted_size(std::uint64_t payload) {
    const auto size = plain_size(payload);
    if (!size) throw_forged(kCutShort);
    return *size;
}

PayloadNonce nonce_at_start(const ReadAt& read_at) {
    PayloadNonce nonce;
    if (read_at(0, nonce.writable()) < PayloadNonce::kSize) throw_forged(kCutShort);
    return nonce;
}

}  // namespace

PayloadRange::PayloadRange(const FileKey& file_key, ReadAt read_at, std::uint64_t payload_size)
    : read_at_(std::move(read_at)),
      size_(trusted_size(payload_size)),
      cipher_(payload_key(file_key, nonce_at_start(read_at_))),
      sealed_(kSealedChunkSize),
      plain_(kChunkSize) {
    load(size_ == 0 ? 0 : (size_ - 1) / kChunkSize);
}

PayloadRange::~PayloadRange() {
    crypto::wipe(plain_);
}

std::size_t PayloadRange::read_at(std::uint64_t offset, base::MutableBytes out) {
    std::size_t filled = 0;
    while (filled < out.size() && offset < size_) {
        const std::uint64_t index = offset / kChunkSize;
        load(index);
        const std::uint64_t chunk_end = std::min(size_, (index + 1) * kChunkSize);
        const std::size_t count = std::min<std::uint64_t>(out.size() - filled, chunk_end - offset);
        const base::ByteView part = base::ByteView(plain_).subspan(offset % kChunkSize, count);
        std::ranges::copy(part, out.begin() + static_cast<std::ptrdiff_t>(filled));
        filled += count;
        offset += count;
    }
    return filled;
}

void PayloadRange::load(std::uint64_t index) {
    if (loaded_ == index) return;
    loaded_.reset();
    const std::uint64_t rest = size_ - index * kChunkSize;
    const bool last = rest <= kChunkSize;
    const auto sealed = base::MutableBytes(sealed_).first(
        (last ? static_cast<std::size_t>(rest) : kChunkSize) + crypto::kAeadTagSize);
    if (read_at_(PayloadNonce::kSize + index * kSealedChunkSize, sealed) < sealed.size()) {
        throw_forged(kCutShort);
    }
    const OpenedChunk chunk = open_chunk(cipher_, index, last, sealed, plain_);
    if (chunk.failure) throw_forged(chunk.failure);
    loaded_ = index;
}

}  // namespace kluis::age
