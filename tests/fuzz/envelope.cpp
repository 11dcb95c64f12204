#include "target.hpp"

#include <kluis/statement/envelope.hpp>

using namespace kluis;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const base::ByteView input(data, size);
    const auto envelope = fuzz::parsed([&] { return statement::parse_envelope(input); });
    if (envelope) fuzz::require(base::equal(statement::encode(*envelope), input));
    return 0;
}
