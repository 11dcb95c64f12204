// OpenSSL's functions tell of a failure by 0 or by a negative number.
#include "bytes.hpp"
#include "support/refusal.hpp"

#include <kluis/crypto/aead.hpp>

#include <dlfcn.h>
#include <doctest/doctest.h>

using namespace kluis;
using namespace kluis::crypto;
using kluis::test::counting;

namespace {

std::optional<int> answer;

}  // namespace

// Stands before OpenSSL's own, which is asked unless there is an answer to give.
extern "C" int EVP_CIPHER_CTX_ctrl(void* context, int type, int argument, void* pointer) {
    using Control = int (*)(void*, int, int, void*);
    static const auto control =
        reinterpret_cast<Control>(::dlsym(RTLD_NEXT, "EVP_CIPHER_CTX_ctrl"));
    return answer ? *answer : control(context, type, argument, pointer);
}

TEST_CASE("a tag that OpenSSL could not write or take is a failure, however it says so") {
    ChaCha20Poly1305 cipher(AeadKey::copy_of(counting(32)));
    base::Bytes sealed(10 + kAeadTagSize);
    base::Bytes plain(10);
    const auto seal = [&] {
        cipher.seal(ChaChaNonce(), plain, sealed);
        return true;
    };
    const auto open = [&] { return cipher.open(ChaChaNonce(), sealed, plain); };
    CHECK(seal());
    CHECK(open());
    for (const int failure : {0, -1, -2}) {
        CAPTURE(failure);
        answer = failure;
        CHECK(test::refuses(base::ErrorKind::internal, seal));
        CHECK(test::refuses(base::ErrorKind::internal, open));
    }
    answer.reset();
    CHECK(seal());
    CHECK(open());
}
