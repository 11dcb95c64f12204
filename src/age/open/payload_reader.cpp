#include "chunk.hpp"

#include <kluis/age/open/payload_reader.hpp>

namespace kluis::age {

PayloadReader::PayloadReader(const FileKey& file_key, base::Reader& payload)
    : payload_(payload),
      cipher_(payload_key(file_key, read_nonce(payload_))),
      sealed_(kSealedChunkSize),
      plain_(kChunkSize) {}

PayloadReader::~PayloadReader() {
    crypto::wipe(plain_);
}

std::size_t PayloadReader::read(base::MutableBytes out) {
    while (rest_.empty()) {
        if (failure_) throw_forged(failure_);
        if (ended_) return 0;
        next_chunk();
    }
    const std::size_t count = std::min(out.size(), rest_.size());
    std::ranges::copy(rest_.first(count), out.begin());
    rest_ = rest_.subspan(count);
    return count;
}

void PayloadReader::next_chunk() {
    const std::size_t size = payload_.fill(sealed_);
    ended_ = size < kSealedChunkSize || payload_.at_end();
    const OpenedChunk chunk =
        open_chunk(cipher_, index_++, ended_, base::ByteView(sealed_).first(size), plain_);
    rest_ = base::ByteView(plain_).first(chunk.size);
    failure_ = chunk.failure;
}

}  // namespace kluis::age
