// SHA-256 (OpenSSL, for its use of SHA-NI), HMAC-SHA256 and HKDF-SHA256 (RFC 5869).
//
// Thread-safety: one thread at a time for each object; functions may be called from any thread.
#pragma once

#include <memory>

#include <kluis/crypto/secret.hpp>

namespace kluis::crypto {

struct DigestTag {
    static constexpr const char* kName = "digest";
};
using Digest = base::FixedBytes<DigestTag, 32>;

class Sha256 {
  public:
    Sha256();
    ~Sha256();
    Sha256(Sha256&&) noexcept;
    Sha256& operator=(Sha256&&) noexcept;

    Sha256& update(base::ByteView bytes);
    // The digest of all since construction or the last finish; starts anew.
    Digest finish();

  private:
    struct Context;
    std::unique_ptr<Context> context_;
};

// One call; fast for small inputs too (a context for each thread is kept).
Digest sha256(base::ByteView bytes);
Digest sha256(std::initializer_list<base::ByteView> parts);

Digest hmac_sha256(base::ByteView key, base::ByteView message);

// HKDF-SHA256 to `out` (at most 8160 bytes).
void hkdf_sha256(base::ByteView input_key, base::ByteView salt, base::ByteView info,
                 base::MutableBytes out);

// HKDF-SHA256 to a key of the given type.
template <class Secret>
Secret hkdf_sha256(base::ByteView input_key, base::ByteView salt, std::string_view info) {
    Secret result;
    hkdf_sha256(input_key, salt, base::as_bytes(info), result.writable());
    return result;
}

}  // namespace kluis::crypto
