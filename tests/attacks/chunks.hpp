// A stored payload taken apart into its chunks.
#pragma once

#include <kluis/age/seal/stream.hpp>

#include <algorithm>
#include <stdexcept>
#include <vector>

namespace kluis::test {

struct Chunks {
    base::Bytes nonce;
    std::vector<base::Bytes> chunks;

    explicit Chunks(base::ByteView stored)
        : nonce(base::to_bytes(stored.first(age::PayloadNonce::kSize))) {
        base::ByteView rest = stored.subspan(nonce.size());
        while (!rest.empty()) {
            const std::size_t size = std::min(rest.size(), age::kSealedChunkSize);
            chunks.push_back(base::to_bytes(rest.first(size)));
            rest = rest.subspan(size);
        }
    }

    base::Bytes joined() const {
        base::Bytes stored = nonce;
        for (const base::Bytes& chunk : chunks)
            base::append(stored, chunk);
        return stored;
    }

    // Chunk `index` sealed anew, by one who has the file key, with another final flag.
    void seal_anew(const age::FileKey& key, std::size_t index, bool was_last, bool last) {
        crypto::ChaCha20Poly1305 cipher(age::payload_key(key, age::PayloadNonce::from(nonce)));
        base::Bytes plain(chunks[index].size() - crypto::kAeadTagSize);
        if (!cipher.open(age::chunk_nonce(index, was_last), chunks[index], plain)) {
            throw std::logic_error("this is not the key of the payload");
        }
        cipher.seal(age::chunk_nonce(index, last), plain, chunks[index]);
    }
};

}  // namespace kluis::test
