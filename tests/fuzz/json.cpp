#include "target.hpp"

#include <kluis/base/json.hpp>
#include <kluis/base/text.hpp>

using namespace kluis;
using base::JsonText;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const base::ByteView input(data, size);
    for (const JsonText text : {JsonText::ascii, JsonText::utf8}) {
        const auto json =
            fuzz::parsed([&] { return base::parse_canonical_json(input, text, "input"); });
        if (json) fuzz::require(base::canonical_json(*json, text) == base::as_text(input));
    }
    if (const auto json = fuzz::parsed([&] { return base::parse_json(input, "input"); })) {
        const std::string encoded = base::canonical_json(*json, JsonText::utf8);
        fuzz::require(base::parse_canonical_json(base::as_bytes(encoded), JsonText::utf8,
                                                 "round trip") == *json);
    }
    fuzz::require(base::is_utf8(base::as_bytes(base::printable(base::as_text(input)))));
    return 0;
}
