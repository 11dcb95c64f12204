#include "chunk.hpp"

namespace kluis::age {
namespace {

constexpr const char* kContinued = "something follows the file's end";
constexpr const char* kAltered = "the file was altered";
constexpr const char* kEmptyEnd = "the file ends in an empty chunk";

}  // namespace

OpenedChunk open_chunk(crypto::ChaCha20Poly1305& cipher, std::uint64_t index, bool at_end,
                       base::ByteView sealed, base::MutableBytes out) {
    if (sealed.size() < crypto::kAeadTagSize) return {0, kCutShort};
    const std::size_t size = sealed.size() - crypto::kAeadTagSize;
    if (size == 0 && index > 0) return {0, kEmptyEnd};
    const base::MutableBytes plain = out.first(size);
    if (cipher.open(chunk_nonce(index, at_end), sealed, plain)) return {size, nullptr};
    if (size == kChunkSize && cipher.open(chunk_nonce(index, !at_end), sealed, plain)) {
        return {size, at_end ? kCutShort : kContinued};
    }
    return {0, kAltered};
}

void throw_forged(const char* failure) {
    throw base::Error(base::ErrorKind::forged, failure);
}

PayloadNonce read_nonce(AheadReader& payload) {
    PayloadNonce nonce;
    if (payload.fill(nonce.writable()) < PayloadNonce::kSize) throw_forged(kCutShort);
    return nonce;
}

}  // namespace kluis::age
