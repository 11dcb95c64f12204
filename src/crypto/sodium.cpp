// The primitives that libsodium does.
#include "sodium_start.hpp"

#include <kluis/crypto/aead.hpp>
#include <kluis/crypto/ed25519.hpp>
#include <kluis/crypto/hash.hpp>
#include <kluis/crypto/password.hpp>
#include <kluis/crypto/random.hpp>
#include <kluis/crypto/x25519.hpp>

#include <sodium.h>

#include <utility>

namespace kluis::crypto {
namespace {

using base::ByteView;
using base::Error;
using base::ErrorKind;
using base::MutableBytes;

void require(bool done) {
    if (!done) throw Error(ErrorKind::internal, "a cryptographic function was called wrongly");
}

// Where `bytes` begin; an address too if there are none, since libsodium declares that it gets one.
const std::uint8_t* address(ByteView bytes) {
    static constexpr std::uint8_t kNothing = 0;
    return bytes.empty() ? &kNothing : bytes.data();
}

[[noreturn]] void refuse_memory() {
    throw Error(ErrorKind::limit, "there is not enough memory to turn a passphrase into a key",
                "close other programs and do it again");
}

}  // namespace

void random_fill(MutableBytes out) noexcept {
    start_sodium();
    if (!out.empty()) randombytes_buf(out.data(), out.size());
}

std::uint32_t random_below(std::uint32_t bound) noexcept {
    start_sodium();
    return randombytes_uniform(bound);
}

namespace {

class Hmac {
  public:
    explicit Hmac(ByteView key) {
        start_sodium();
        crypto_auth_hmacsha256_init(&state_, address(key), key.size());
    }
    ~Hmac() { sodium_memzero(&state_, sizeof state_); }
    Hmac(const Hmac&) = delete;
    Hmac& operator=(const Hmac&) = delete;

    Hmac& update(ByteView bytes) {
        crypto_auth_hmacsha256_update(&state_, address(bytes), bytes.size());
        return *this;
    }
    void finish(std::uint8_t* out) { crypto_auth_hmacsha256_final(&state_, out); }

  private:
    crypto_auth_hmacsha256_state state_;
};

}  // namespace

Digest hmac_sha256(ByteView key, ByteView message) {
    Digest digest;
    Hmac(key).update(message).finish(digest.writable().data());
    return digest;
}

void hkdf_sha256(ByteView input_key, ByteView salt, ByteView info, MutableBytes out) {
    require(out.size() <= 255 * Digest::kSize);
    std::array<std::uint8_t, Digest::kSize> extracted;
    const WipeOnExit wipe_extracted(extracted);
    Hmac(salt).update(input_key).finish(extracted.data());

    std::array<std::uint8_t, Digest::kSize> block;
    const WipeOnExit wipe_block(block);
    ByteView previous;
    for (std::uint8_t counter = 1; !out.empty(); ++counter) {
        Hmac(extracted).update(previous).update(info).update({&counter, 1}).finish(block.data());
        previous = block;
        const std::size_t count = std::min(out.size(), block.size());
        std::copy_n(block.begin(), count, out.begin());
        out = out.subspan(count);
    }
}

X25519Public x25519_public(const X25519Secret& secret) {
    start_sodium();
    X25519Public point;
    require(crypto_scalarmult_base(point.writable().data(), secret.view().data()) == 0);
    return point;
}

std::optional<X25519Shared> x25519(const X25519Secret& secret, const X25519Public& point) {
    start_sodium();
    X25519Shared shared;
    if (crypto_scalarmult(shared.writable().data(), secret.view().data(), point.data()) != 0) {
        return std::nullopt;
    }
    return shared;
}

bool is_low_order(const X25519Public& point) {
    // Every scalar that X25519 uses is a multiple of 8, so any of them tells.
    std::array<std::uint8_t, X25519Public::kSize> scalar{1};
    std::array<std::uint8_t, X25519Public::kSize> shared;
    start_sodium();
    return crypto_scalarmult(shared.data(), scalar.data(), point.data()) != 0;
}

Ed25519Signer::Ed25519Signer(const Ed25519Seed& seed) {
    start_sodium();
    require(crypto_sign_seed_keypair(public_.writable().data(), secret_.writable().data(),
                                     seed.view().data()) == 0);
}

Signature Ed25519Signer::sign(ByteView message) const {
    Signature signature;
    require(crypto_sign_detached(signature.writable().data(), nullptr, address(message),
                                 message.size(), secret_.view().data()) == 0);
    return signature;
}

bool verify(const Ed25519Public& key, ByteView message, const Signature& signature) {
    start_sodium();
    return crypto_sign_verify_detached(signature.data(), address(message), message.size(),
                                       key.data()) == 0;
}

Argon2idOutput argon2id(ByteView passphrase, ByteView salt) {
    constexpr unsigned long long kPasses = 3;
    constexpr std::size_t kMemory = 64 * 1024 * 1024;
    require(salt.size() == crypto_pwhash_SALTBYTES);
    start_sodium();
    Argon2idOutput output;
    if (crypto_pwhash(output.writable().data(), Argon2idOutput::kSize,
                      base::as_text({address(passphrase), passphrase.size()}).data(),
                      passphrase.size(), salt.data(), kPasses, kMemory,
                      crypto_pwhash_ALG_ARGON2ID13) != 0) {
        refuse_memory();
    }
    return output;
}

ScryptKey scrypt(ByteView passphrase, ByteView salt, unsigned work_factor) {
    constexpr std::uint32_t kBlockSize = 8;
    constexpr std::uint32_t kLanes = 1;
    require(work_factor >= 1 && work_factor <= 22);
    start_sodium();
    ScryptKey key;
    if (crypto_pwhash_scryptsalsa208sha256_ll(address(passphrase), passphrase.size(), address(salt),
                                              salt.size(), std::uint64_t{1} << work_factor,
                                              kBlockSize, kLanes, key.writable().data(),
                                              ScryptKey::kSize) != 0) {
        refuse_memory();
    }
    return key;
}

base::Bytes xchacha_seal(const AeadKey& key, ByteView associated, ByteView plain) {
    base::Bytes sealed(kXChaChaNonceSize + plain.size() + kAeadTagSize);
    random_fill(base::MutableBytes(sealed).first(kXChaChaNonceSize));
    crypto_aead_xchacha20poly1305_ietf_encrypt(
        sealed.data() + kXChaChaNonceSize, nullptr, address(plain), plain.size(),
        address(associated), associated.size(), nullptr, sealed.data(), key.view().data());
    return sealed;
}

bool xchacha_open(const AeadKey& key, ByteView associated, ByteView sealed, SecretBuffer& plain) {
    plain = SecretBuffer();
    if (sealed.size() < kXChaChaNonceSize + kAeadTagSize) return false;
    start_sodium();
    const ByteView body = sealed.subspan(kXChaChaNonceSize);
    SecretBuffer opened(body.size() - kAeadTagSize);
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(
            opened.writable().data(), nullptr, nullptr, body.data(), body.size(),
            address(associated), associated.size(), sealed.data(), key.view().data()) != 0) {
        return false;
    }
    plain = std::move(opened);
    return true;
}

}  // namespace kluis::crypto
