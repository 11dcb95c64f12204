#include "target.hpp"

#include <kluis/base/words.hpp>

using namespace kluis;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text = base::as_text({data, size});
    for (const std::size_t count : {1, 4, 7, 24}) {
        const auto indices = fuzz::parsed([&] { return base::parse_words(text, count, "input"); });
        if (!indices) continue;
        std::string joined;
        for (const std::size_t index : *indices) {
            if (!joined.empty()) joined += ' ';
            joined += base::word(index);
        }
        fuzz::require(indices->size() == count && joined == text);
    }
    return 0;
}
