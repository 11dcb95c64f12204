#include "target.hpp"

#include <kluis/base/bytes.hpp>

#include <client/link.hpp>

using namespace kluis;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text = base::as_text({data, size});
    const auto link = fuzz::parsed([&] { return client::parse_link(text); });
    if (link && *link) fuzz::require(client::to_string(**link) == text);
    return 0;
}
