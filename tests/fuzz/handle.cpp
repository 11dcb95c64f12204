#include "target.hpp"

#include <kluis/statement/login.hpp>

#include <algorithm>

using namespace kluis;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text = base::as_text({data, size});
    const auto handle = fuzz::parsed([&] { return statement::parse_handle(text); });
    if (!handle) return 0;
    fuzz::require(handle->text == text);
    fuzz::require(std::ranges::count(text, '-') == 3);
    return 0;
}
