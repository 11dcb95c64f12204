#include "target.hpp"

#include <kluis/base/encoding.hpp>
#include <kluis/base/text.hpp>

using namespace kluis;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text = base::as_text({data, size});
    for (const std::string_view hrp : {"age", "age-secret-key-", "kluis-account"}) {
        if (const auto bytes =
                fuzz::parsed([&] { return base::bech32_decode(hrp, text, "input"); })) {
            fuzz::require(base::bech32_encode(hrp, *bytes) == base::lower_ascii(text));
        }
    }
    fuzz::require(base::equal(
        base::bech32_decode("age", base::bech32_encode("age", {data, size}), "round trip"),
        {data, size}));
    return 0;
}
