#include "target.hpp"

#include <client/reads.hpp>

using namespace kluis;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto read = fuzz::parsed([&] { return client::parse_read({data, size}); });
    if (!read) return 0;
    const base::Json json{{"document", statement::to_text(read->document)},
                          {"reader", statement::to_text(read->reader)},
                          {"time", base::to_string(read->time)}};
    fuzz::require(base::canonical_json(json, base::JsonText::ascii) == base::as_text({data, size}));
    return 0;
}
