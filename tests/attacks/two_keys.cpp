// The tag of ChaCha20-Poly1305 is a polynomial in r, with the ciphertext's blocks as coefficients,
// plus s; r and s come from key and nonce. With all blocks but one fixed, that two keys give one
// tag is a linear equation for that block. (Grubbs, Lu, Ristenpart, "Message Franking via
// Committing Authenticated Encryption", 2017; Len, Grubbs, Ristenpart, "Partitioning Oracle
// Attacks", 2021.)
#include "two_keys.hpp"

#include "field_130.hpp"

#include <kluis/age/seal/stream.hpp>

#include <bit>
#include <stdexcept>

namespace kluis::test {
namespace {

constexpr std::size_t kBlock = 16;
// The block to solve for is the last of the ciphertext; the lengths follow it, and so it is
// multiplied with r twice.
constexpr std::size_t kSolved = kTwoKeysPlain - kBlock;
// Noise to both readers, changed with each try.
constexpr std::size_t kVaried = kSolved - kBlock;

void quarter_round(std::array<std::uint32_t, 16>& w, int a, int b, int c, int d) {
    const auto step = [&](int x, int y, int z, int turn) {
        w[x] += w[y];
        w[z] = std::rotl(w[z] ^ w[x], turn);
    };
    step(a, b, d, 16);
    step(c, d, b, 12);
    step(a, b, d, 8);
    step(c, d, b, 7);
}

// The first 32 bytes of ChaCha20's block 0 (RFC 8439, section 2.6): r and s.
std::array<std::uint8_t, 32> one_time_key(const crypto::AeadKey& key,
                                          const crypto::ChaChaNonce& nonce) {
    std::array<std::uint32_t, 16> state = {0x61707865, 0x3320646e, 0x79622d32, 0x6b206574};
    static_assert(std::endian::native == std::endian::little);
    std::memcpy(&state[4], key.view().data(), 32);
    std::memcpy(&state[13], nonce.data(), 12);
    auto mixed = state;
    for (int round = 0; round < 10; ++round) {
        for (int i = 0; i < 4; ++i)
            quarter_round(mixed, i, i + 4, i + 8, i + 12);
        for (int i = 0; i < 4; ++i)
            quarter_round(mixed, i, 4 + (i + 1) % 4, 8 + (i + 2) % 4, 12 + (i + 3) % 4);
    }
    for (std::size_t i = 0; i < 16; ++i)
        mixed[i] += state[i];
    std::array<std::uint8_t, 32> result;
    std::memcpy(result.data(), mixed.data(), result.size());
    return result;
}

// One reader's view of the chunk.
class View {
  public:
    View(const age::FileKey& file_key, const age::PayloadNonce& nonce)
        : chunk_nonce_(age::chunk_nonce(0, true)), cipher_(age::payload_key(file_key, nonce)) {
        auto key = one_time_key(age::payload_key(file_key, nonce), chunk_nonce_);
        for (const std::size_t i : {3, 7, 11, 15})
            key[i] &= 15;
        for (const std::size_t i : {4, 8, 12})
            key[i] &= 252;
        r_ = Field130::from(base::ByteView(key).first(16));
        s_ = Field130::from(base::ByteView(key).last(16));
        stream_ = seal(base::Bytes(kTwoKeysPlain));
        stream_.resize(kTwoKeysPlain);
    }

    base::Bytes crypt(base::Bytes text, std::size_t offset = 0) const {
        for (std::size_t i = 0; i < text.size(); ++i)
            text[i] ^= stream_[offset + i];
        return text;
    }

    // What is stored if this reader's plaintext is `plain`: ciphertext and tag.
    base::Bytes seal(const base::Bytes& plain) {
        base::Bytes sealed(plain.size() + crypto::kAeadTagSize);
        cipher_.seal(chunk_nonce_, plain, sealed);
        return sealed;
    }

    // The tag, before its reduction to 128 bits, with nothing in place of the solved block.
    Field130 sum_without_solved(base::ByteView ciphertext) const {
        Field130 sum;
        for (std::size_t i = 0; i < kSolved; i += kBlock) {
            base::Bytes block = base::to_bytes(ciphertext.subspan(i, kBlock));
            block.push_back(1);
            sum = (sum + Field130::from(block)) * r_;
        }
        sum = sum * r_;
        base::Bytes lengths(kBlock);
        lengths[8] = kTwoKeysPlain % 256;
        lengths[9] = kTwoKeysPlain / 256;
        lengths.push_back(1);
        return (sum + Field130::from(lengths)) * r_ + s_;
    }
    Field130 factor_of_solved() const { return r_ * r_; }

  private:
    crypto::ChaChaNonce chunk_nonce_;
    crypto::ChaCha20Poly1305 cipher_;
    Field130 r_;
    Field130 s_;
    base::Bytes stream_;
};

}  // namespace

base::Bytes payload_under_two_keys(const age::FileKey& first_key, base::ByteView first,
                                   const age::FileKey& second_key, base::ByteView second) {
    const auto nonce = crypto::random_value<age::PayloadNonce>();
    View one(first_key, nonce);
    View other(second_key, nonce);
    base::Bytes ciphertext = one.crypt(base::to_bytes(first));
    base::append(ciphertext, other.crypt(base::to_bytes(second), kTwoKeysText));
    ciphertext.resize(kTwoKeysPlain);
    const Field130 divisor = (one.factor_of_solved() - other.factor_of_solved()).inverse();

    // About one try in four gives a block of 128 bits, and then nearly half of the tags agree.
    for (int tries = 0; tries < 1000; ++tries) {
        crypto::random_fill(base::MutableBytes(ciphertext).subspan(kVaried, kBlock));
        const auto block =
            ((other.sum_without_solved(ciphertext) - one.sum_without_solved(ciphertext)) * divisor)
                .bytes();
        if (block[kBlock] != 1) continue;
        std::copy_n(block.begin(), kBlock, ciphertext.begin() + kSolved);
        const base::Bytes sealed = one.seal(one.crypt(ciphertext));
        if (sealed == other.seal(other.crypt(ciphertext))) {
            return base::concat({nonce, sealed});
        }
    }
    throw std::runtime_error("found no payload that opens under two keys");
}

}  // namespace kluis::test
