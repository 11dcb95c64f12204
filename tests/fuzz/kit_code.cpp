#include "target.hpp"

#include <kluis/account/secret.hpp>
#include <kluis/base/text.hpp>

using namespace kluis;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const crypto::SecretBuffer text = crypto::SecretBuffer::copy_of({data, size});
    if (const auto secret = fuzz::parsed([&] { return account::parse_kit_code(text); })) {
        fuzz::require(account::recovery_kit(*secret).qr.text() == base::lower_ascii(text.text()));
    }
    if (const auto secret = fuzz::parsed([&] { return account::parse_identity_file(text); })) {
        fuzz::require(base::equal(
            account::parse_identity_file(account::identity_file(*secret)).view(), secret->view()));
    }
    if (const auto secret = fuzz::parsed([&] { return account::parse_recovery(text); })) {
        fuzz::require(base::equal(account::parse_recovery(account::recovery_words(*secret)).view(),
                                  secret->view()));
    }
    return 0;
}
