#include "target.hpp"

#include <kluis/account/keyring.hpp>

using namespace kluis;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto keyring = fuzz::parsed([&] {
        return account::parse_keyring(
            base::parse_canonical_json({data, size}, base::JsonText::utf8, "input"));
    });
    if (!keyring) return 0;
    const std::string text = base::canonical_json(account::to_json(*keyring), base::JsonText::utf8);
    fuzz::require(text == base::as_text({data, size}));
    fuzz::require(account::merge({}, *keyring, *keyring) == *keyring);
    return 0;
}
