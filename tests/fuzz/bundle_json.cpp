#include "target.hpp"

#include <kluis/bundle/layout/info.hpp>
#include <kluis/bundle/layout/member.hpp>

using namespace kluis;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const base::ByteView input(data, size);
    if (const auto info = fuzz::parsed([&] { return bundle::parse_bundle_info(input); })) {
        fuzz::require(bundle::encode(*info) == base::as_text(input));
    }
    if (const auto name = bundle::parse_member_name(base::as_text(input))) {
        fuzz::require(bundle::to_text(*name) == base::as_text(input));
    }
    return 0;
}
