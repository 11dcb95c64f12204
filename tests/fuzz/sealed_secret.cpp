#include "target.hpp"

#include <kluis/account/unlock.hpp>

using namespace kluis;

namespace {

constexpr std::string_view kLabel = "bewijskluis.org/v1/secret";

crypto::AeadKey wrapping() {
    return crypto::AeadKey::copy_of(base::as_bytes("the wrapping key of the corpus.."));
}

account::AccountSecret secret() {
    return account::AccountSecret::copy_of(base::as_bytes("account secret of the corpus...."));
}

}  // namespace

// The input as a sealed secret, and as what somebody with the wrapping key has sealed.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const auto key = wrapping();
    static const auto kept = secret();
    static const auto who = statement::fingerprint(account::card(kept));
    const base::ByteView input(data, size);
    const auto is_kept = [](const account::AccountSecret& found) {
        return crypto::equal_secrets(found.view(), kept.view());
    };
    const auto found = fuzz::opened([&] { return account::open_secret(input, key, who); });
    if (found) fuzz::require(is_kept(*found));

    const auto binding = base::concat({base::as_bytes(kLabel), who});
    const auto sealed = crypto::xchacha_seal(key, binding, input);
    const auto within = fuzz::opened([&] { return account::open_secret(sealed, key, who); });
    fuzz::require(within.has_value() == base::equal(input, kept.view()));
    return 0;
}
