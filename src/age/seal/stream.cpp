#include <kluis/age/seal/stream.hpp>
#include <kluis/crypto/hash.hpp>

namespace kluis::age {
namespace {

constexpr std::string_view kPayloadLabel = "payload";
constexpr std::uint64_t kMaxChunks = std::uint64_t{1} << 47;

}  // namespace

std::uint64_t payload_size(std::uint64_t plain) {
    const std::uint64_t chunks = std::max<std::uint64_t>(1, (plain + kChunkSize - 1) / kChunkSize);
    return PayloadNonce::kSize + plain + chunks * crypto::kAeadTagSize;
}

std::optional<std::uint64_t> plain_size(std::uint64_t payload) {
    if (payload < payload_size(0)) return std::nullopt;
    const std::uint64_t sealed = payload - PayloadNonce::kSize;
    const std::uint64_t chunks = (sealed + kSealedChunkSize - 1) / kSealedChunkSize;
    if (sealed < chunks * crypto::kAeadTagSize) return std::nullopt;
    const std::uint64_t plain = sealed - chunks * crypto::kAeadTagSize;
    if (payload_size(plain) != payload) return std::nullopt;
    return plain;
}

crypto::AeadKey payload_key(const FileKey& file_key, const PayloadNonce& nonce) {
    return crypto::hkdf_sha256<crypto::AeadKey>(file_key.view(), nonce, kPayloadLabel);
}

crypto::ChaChaNonce chunk_nonce(std::uint64_t index, bool last) {
    if (index >= kMaxChunks) {
        throw base::Error(base::ErrorKind::limit, "the payload has too many chunks");
    }
    crypto::ChaChaNonce nonce;
    const base::MutableBytes bytes = nonce.writable();
    for (std::size_t i = 0; i < sizeof index; ++i) {
        bytes[10 - i] = static_cast<std::uint8_t>(index >> (8 * i));
    }
    bytes[11] = last ? 1 : 0;
    return nonce;
}

std::size_t AheadReader::fill(base::MutableBytes out) {
    if (out.empty()) return 0;
    std::size_t filled = 0;
    if (ahead_) {
        out[0] = *ahead_;
        ahead_.reset();
        filled = 1;
    }
    return filled + base::read_full(in_, out.subspan(filled));
}

bool AheadReader::at_end() {
    if (ahead_) return false;
    std::uint8_t byte = 0;
    if (in_.read({&byte, 1}) == 0) return true;
    ahead_ = byte;
    return false;
}

}  // namespace kluis::age
