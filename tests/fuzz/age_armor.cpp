#include "target.hpp"

#include <kluis/age/open/armor_reader.hpp>

using namespace kluis;

namespace {

base::Bytes opened(base::ByteView text) {
    base::MemoryReader in(text);
    age::ArmorReader armor(in);
    return base::read_all(armor, text.size(), "file");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const base::ByteView input(data, size);
    const auto file = fuzz::parsed([&] { return opened(input); });
    if (!file) return 0;
    base::MemoryWriter out;
    age::ArmorWriter armor(out);
    armor.write(*file);
    armor.finish();
    fuzz::require(age::is_armored(input));
    fuzz::require(opened(out.bytes()) == *file);
    return 0;
}
