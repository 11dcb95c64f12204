#include "target.hpp"

#include <kluis/age/seal/split.hpp>

using namespace kluis;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const base::ByteView input(data, size);
    const auto header = fuzz::parsed([&] { return age::parse_header(input); });
    if (header) {
        fuzz::require(base::equal(age::encode(*header), input));
        fuzz::require(age::header_size(input) == size);
    }
    const auto found = fuzz::parsed([&] { return age::header_size(input); });
    if (found && *found) fuzz::require(**found <= size);
    const auto kept = fuzz::parsed([&] {
        age::require_single_x25519_stanza(input);
        return true;
    });
    if (kept) fuzz::require(header && header->stanzas.size() == 1);
    return 0;
}
