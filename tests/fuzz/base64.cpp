#include "target.hpp"

#include <kluis/base/encoding.hpp>

using namespace kluis;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text = base::as_text({data, size});
    if (const auto bytes = fuzz::parsed([&] { return base::base64_decode(text, "input"); })) {
        fuzz::require(base::base64_encode(*bytes) == text);
    }
    if (const auto bytes = fuzz::parsed([&] { return base::base64_raw_decode(text, "input"); })) {
        fuzz::require(base::base64_raw_encode(*bytes) == text);
    }
    fuzz::require(base::equal(base::base64_decode(base::base64_encode({data, size}), "round trip"),
                              {data, size}));
    return 0;
}
