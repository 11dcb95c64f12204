#include "target.hpp"

#include <api/payloads.hpp>

using namespace kluis;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const base::ByteView input(data, size);
    const auto payloads = fuzz::parsed([&] { return api::parse_payloads(input); });
    if (payloads) fuzz::require(base::equal(api::encode_payloads(*payloads), input));
    return 0;
}
