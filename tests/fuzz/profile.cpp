#include "target.hpp"

#include <kluis/dossier/wish_list.hpp>

using namespace kluis;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const base::ByteView input(data, size);
    if (const auto profile = fuzz::parsed([&] { return dossier::parse_profile(input); })) {
        fuzz::require(base::equal(encode(*profile), input));
    }
    if (const auto profile = fuzz::parsed([&] { return dossier::read_profile(input); })) {
        fuzz::parsed([&] {
            fuzz::require(dossier::parse_profile(encode(*profile)) == *profile);
            return true;
        });
    }
    if (const auto list = fuzz::parsed([&] { return dossier::parse_wish_list(input); })) {
        fuzz::require(base::equal(encode(*list), input));
        fuzz::require(!text(*list, "nl").empty());
    }
    return 0;
}
