#include "target.hpp"

#include <kluis/account/unlock.hpp>

using namespace kluis;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const crypto::SecretBuffer text = crypto::SecretBuffer::copy_of({data, size});
    if (const auto secret = fuzz::parsed([&] { return account::parse_recovery_words(text); })) {
        const crypto::SecretBuffer words = account::recovery_words(*secret);
        fuzz::require(words.size() <= size);
        fuzz::require(base::equal(account::parse_recovery_words(words).view(), secret->view()));
    }
    if (const auto passphrase = fuzz::parsed([&] { return account::Passphrase::parse(text); })) {
        fuzz::require(text.text().find(passphrase->text().text()) != std::string_view::npos);
    }
    return 0;
}
