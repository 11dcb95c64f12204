#include "target.hpp"

#include <api/wire.hpp>

using namespace kluis;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text = base::as_text({data, size});
    if (const auto range = api::parse_range(text)) {
        fuzz::require(range->count > 0);
        const auto again = api::parse_range(api::range_text(*range));
        fuzz::require(again && again->first == range->first);
    }
    if (const auto revision = api::parse_revision_tag(text)) {
        fuzz::require(api::revision_tag(*revision) == text);
    }
    if (const auto token = api::parse_bearer(text)) {
        fuzz::require(api::bearer_text(*token) == text);
    }
    api::none_match_names(text, "\"tag\"");
    return 0;
}
