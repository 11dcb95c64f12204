// What both halves know of a payload (C2SP age.md, "Payload"): a nonce, then chunks of 64 KiB, each
// encrypted with ChaCha20-Poly1305 under its number and whether it is the last.
//
// Thread-safety: plain values and pure functions; AheadReader is for one thread at a time.
#pragma once

#include <kluis/age/seal/file_key.hpp>
#include <kluis/base/stream.hpp>
#include <kluis/crypto/aead.hpp>

#include <functional>
#include <optional>

namespace kluis::age {

inline constexpr std::size_t kChunkSize = 64 * 1024;
inline constexpr std::size_t kSealedChunkSize = kChunkSize + crypto::kAeadTagSize;

struct PayloadNonceTag {
    static constexpr const char* kName = "payload nonce";
};
// Made with crypto::random_value<PayloadNonce>(). With one file key, each plaintext has its own.
using PayloadNonce = base::FixedBytes<PayloadNonceTag, 16>;

// The size of the payload (nonce || STREAM) of `plain` bytes. REQUIRES: plain < 2^63.
std::uint64_t payload_size(std::uint64_t plain);

// The number of bytes that a payload of `payload` bytes encrypts; nothing if none has that size.
std::optional<std::uint64_t> plain_size(std::uint64_t payload);

crypto::AeadKey payload_key(const FileKey& file_key, const PayloadNonce& nonce);

// The nonce of chunk `index`, counted from 0. Throws Error(limit) from 2^47 on, where a payload
// would be larger than a file can be.
crypto::ChaChaNonce chunk_nonce(std::uint64_t index, bool last);

// Told, by whole-stream calls, how many more bytes of plaintext are done; called by several threads
// at once.
using PayloadProgress = std::function<void(std::uint64_t bytes)>;

// A stream of which can be asked whether more follows: the last chunk is encrypted differently.
class AheadReader {
  public:
    // `in` must outlive this.
    explicit AheadReader(base::Reader& in) : in_(in) {}

    // Reads until `out` is full or the stream ends; returns the number of bytes read.
    std::size_t fill(base::MutableBytes out);
    // Whether nothing follows; reads one byte ahead to know.
    bool at_end();

  private:
    base::Reader& in_;
    std::optional<std::uint8_t> ahead_;
};

}  // namespace kluis::age
