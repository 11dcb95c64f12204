// Payloads to do wrong to.
#pragma once

#include <kluis/age/open/payload_reader.hpp>
#include <kluis/age/seal/payload_writer.hpp>

#include <utility>

namespace kluis::test {

inline base::Bytes pattern(std::size_t size) {
    base::Bytes bytes(size);
    for (std::size_t i = 0; i < size; ++i)
        bytes[i] = static_cast<std::uint8_t>(i * 7 + i / 251);
    return bytes;
}

// A plaintext encrypted under a key of its own.
struct Sealed {
    explicit Sealed(std::size_t size) : plain(pattern(size)) {
        base::MemoryReader in(plain);
        base::MemoryWriter out;
        age::encrypt_payload(key, nonce, in, out);
        payload = out.take();
    }

    // The beginning of chunk `index` in the payload.
    static std::size_t chunk(std::size_t index) {
        return age::PayloadNonce::kSize + index * age::kSealedChunkSize;
    }
    void flip(std::size_t at) { payload[at] ^= 0x20; }
    void cut(std::size_t size) { payload.resize(size); }
    void swap_chunks(std::size_t a, std::size_t b) {
        std::swap_ranges(payload.begin() + static_cast<std::ptrdiff_t>(chunk(a)),
                         payload.begin() + static_cast<std::ptrdiff_t>(chunk(a + 1)),
                         payload.begin() + static_cast<std::ptrdiff_t>(chunk(b)));
    }

    age::FileKey key = crypto::random_secret<age::FileKey>();
    age::PayloadNonce nonce = crypto::random_value<age::PayloadNonce>();
    base::Bytes plain;
    base::Bytes payload;
};

}  // namespace kluis::test
