#include <kluis/age/seal/payload_writer.hpp>

namespace kluis::age {

PayloadWriter::PayloadWriter(const FileKey& file_key, const PayloadNonce& nonce, base::Writer& out)
    : cipher_(payload_key(file_key, nonce)), out_(out), chunk_(kSealedChunkSize) {
    out_.write(nonce);
}

PayloadWriter::~PayloadWriter() {
    crypto::wipe(chunk_);
}

void PayloadWriter::write(base::ByteView plain) {
    while (!plain.empty()) {
        if (filled_ == kChunkSize) write_chunk(false);
        const std::size_t count = std::min(plain.size(), kChunkSize - filled_);
        std::ranges::copy(plain.first(count),
                          chunk_.begin() + static_cast<std::ptrdiff_t>(filled_));
        filled_ += count;
        plain = plain.subspan(count);
    }
}

void PayloadWriter::finish() {
    write_chunk(true);
}

void PayloadWriter::write_chunk(bool last) {
    const base::MutableBytes sealed =
        base::MutableBytes(chunk_).first(filled_ + crypto::kAeadTagSize);
    cipher_.seal(chunk_nonce(index_++, last), sealed.first(filled_), sealed);
    filled_ = 0;
    out_.write(sealed);
}

}  // namespace kluis::age
