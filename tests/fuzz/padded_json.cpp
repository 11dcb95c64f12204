#include "target.hpp"

#include <kluis/base/padded_json.hpp>

using namespace kluis;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    constexpr base::PaddedRange kRange = {64, 4096};
    const base::ByteView input(data, size);
    const auto json = fuzz::parsed([&] { return base::unpad_json(input, kRange, "input"); });
    if (json) fuzz::require(base::equal(base::pad_json(*json, kRange, "input"), input));
    return 0;
}
