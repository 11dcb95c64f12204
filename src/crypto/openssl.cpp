// The primitives that OpenSSL's libcrypto does: bulk SHA-256 and ChaCha20-Poly1305.
#include <kluis/crypto/aead.hpp>
#include <kluis/crypto/hash.hpp>

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include <limits>

namespace kluis::crypto {
namespace {

using base::Error;
using base::ErrorKind;

template <auto Free>
struct Freer {
    template <class T>
    void operator()(T* pointer) const noexcept {
        Free(pointer);
    }
};

using DigestContext = std::unique_ptr<EVP_MD_CTX, Freer<EVP_MD_CTX_free>>;
using CipherContext = std::unique_ptr<EVP_CIPHER_CTX, Freer<EVP_CIPHER_CTX_free>>;

void require(bool holds) {
    if (!holds) throw Error(ErrorKind::internal, "libcrypto failed");
}

// What libcrypto returns is 1 if it did what it was asked; a failure may be 0 or negative.
void require_done(int status) {
    require(status == 1);
}

// Fetching an algorithm costs more than hashing a small input, so it is done once and kept.
const EVP_MD* fetched_sha256() {
    static const EVP_MD* const algorithm = EVP_MD_fetch(nullptr, "SHA256", nullptr);
    require(algorithm != nullptr);
    return algorithm;
}

const EVP_CIPHER* fetched_chacha20_poly1305() {
    static const EVP_CIPHER* const algorithm =
        EVP_CIPHER_fetch(nullptr, "ChaCha20-Poly1305", nullptr);
    require(algorithm != nullptr);
    return algorithm;
}

int as_int(std::size_t size) {
    require(size <= static_cast<std::size_t>(std::numeric_limits<int>::max()));
    return static_cast<int>(size);
}

}  // namespace

struct Sha256::Context {
    DigestContext evp{EVP_MD_CTX_new()};
};

Sha256::Sha256() : context_(std::make_unique<Context>()) {
    require(context_->evp != nullptr);
    require_done(EVP_DigestInit_ex2(context_->evp.get(), fetched_sha256(), nullptr));
}

Sha256::~Sha256() = default;
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;

Sha256& Sha256::update(base::ByteView bytes) {
    require_done(EVP_DigestUpdate(context_->evp.get(), bytes.data(), bytes.size()));
    return *this;
}

Digest Sha256::finish() {
    Digest digest;
    require_done(EVP_DigestFinal_ex(context_->evp.get(), digest.writable().data(), nullptr));
    require_done(EVP_DigestInit_ex2(context_->evp.get(), fetched_sha256(), nullptr));
    return digest;
}

Digest sha256(base::ByteView bytes) {
    return sha256({bytes});
}

Digest sha256(std::initializer_list<base::ByteView> parts) {
    thread_local Sha256 hash;
    for (base::ByteView part : parts)
        hash.update(part);
    return hash.finish();
}

struct ChaCha20Poly1305::Context {
    CipherContext evp{EVP_CIPHER_CTX_new()};

    // Begins a message; the key is kept from construction.
    void begin(const ChaChaNonce& nonce, bool sealing) {
        require_done(
            EVP_CipherInit_ex2(evp.get(), nullptr, nullptr, nonce.data(), sealing, nullptr));
    }

    void crypt(base::ByteView in, base::MutableBytes out) {
        // Without output OpenSSL would take the input for associated data.
        if (in.empty()) return;
        int written = 0;
        require_done(
            EVP_CipherUpdate(evp.get(), out.data(), &written, in.data(), as_int(in.size())));
        require(written == as_int(in.size()));
    }

    bool finish() {
        std::uint8_t none[1];
        int written = 0;
        return EVP_CipherFinal_ex(evp.get(), none, &written) == 1;
    }
};

ChaCha20Poly1305::ChaCha20Poly1305(const AeadKey& key) : context_(std::make_unique<Context>()) {
    require(context_->evp != nullptr);
    require_done(EVP_CipherInit_ex2(context_->evp.get(), fetched_chacha20_poly1305(),
                                    key.view().data(), nullptr, 1, nullptr));
}

ChaCha20Poly1305::~ChaCha20Poly1305() = default;
ChaCha20Poly1305::ChaCha20Poly1305(ChaCha20Poly1305&&) noexcept = default;

void ChaCha20Poly1305::seal(const ChaChaNonce& nonce, base::ByteView plain,
                            base::MutableBytes out) {
    require(out.size() == plain.size() + kAeadTagSize);
    context_->begin(nonce, true);
    context_->crypt(plain, out);
    require(context_->finish());
    require_done(EVP_CIPHER_CTX_ctrl(context_->evp.get(), EVP_CTRL_AEAD_GET_TAG, kAeadTagSize,
                                     out.last(kAeadTagSize).data()));
}

bool ChaCha20Poly1305::open(const ChaChaNonce& nonce, base::ByteView sealed,
                            base::MutableBytes out) {
    require(sealed.size() == out.size() + kAeadTagSize);
    std::array<std::uint8_t, kAeadTagSize> tag;
    std::ranges::copy(sealed.last(kAeadTagSize), tag.begin());
    context_->begin(nonce, false);
    require_done(
        EVP_CIPHER_CTX_ctrl(context_->evp.get(), EVP_CTRL_AEAD_SET_TAG, kAeadTagSize, tag.data()));
    context_->crypt(sealed.first(out.size()), out);
    if (context_->finish()) return true;
    OPENSSL_cleanse(out.data(), out.size());
    return false;
}

}  // namespace kluis::crypto
