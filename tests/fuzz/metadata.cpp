#include "target.hpp"

#include <kluis/base/text.hpp>
#include <kluis/dossier/metadata.hpp>

using namespace kluis;

namespace {

template <class Value>
void check(const std::optional<Value>& value, base::ByteView input) {
    if (value) fuzz::require(base::equal(encode_padded(*value), input));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const base::ByteView input(data, size);
    check(fuzz::parsed([&] { return dossier::parse_metadata(input); }), input);
    check(fuzz::parsed([&] { return dossier::parse_word(input); }), input);
    if (base::is_utf8(input)) {
        dossier::Metadata named;
        named.name = named.type = "x";
        named.kind = "other";
        named.title = dossier::title_from_name(base::as_text(input));
        fuzz::require(dossier::parse_metadata(encode_padded(named)) == named);
    }
    return 0;
}
