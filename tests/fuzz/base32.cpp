#include "target.hpp"

#include <kluis/base/encoding.hpp>

using namespace kluis;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text = base::as_text({data, size});
    if (const auto bytes = fuzz::parsed([&] { return base::base32_decode(text, "input"); })) {
        fuzz::require(base::base32_encode(*bytes) == text);
    }
    if (const auto bytes = fuzz::parsed([&] { return base::hex_decode(text, "input"); })) {
        fuzz::require(base::hex_encode(*bytes) == text);
    }
    fuzz::require(base::equal(base::base32_decode(base::base32_encode({data, size}), "round trip"),
                              {data, size}));
    return 0;
}
