#include "../../src/bundle/seal_text.hpp"

#include "target.hpp"

using namespace kluis;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const base::ByteView input(data, size);
    base::MemoryReader in(input);
    if (const auto seal = fuzz::parsed([&] { return bundle::parse_seal(in); })) {
        fuzz::require(bundle::encode_seal(seal->envelope) == base::as_text(input));
    }
    return 0;
}
