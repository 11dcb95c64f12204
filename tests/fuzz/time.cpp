#include "target.hpp"

#include <kluis/base/bytes.hpp>
#include <kluis/base/time.hpp>

using namespace kluis;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text = base::as_text({data, size});
    if (const auto time = fuzz::parsed([&] { return base::parse_time(text, "input"); })) {
        fuzz::require(base::to_string(*time) == text);
    }
    if (const auto date = fuzz::parsed([&] { return base::parse_date(text, "input"); })) {
        fuzz::require(base::to_string(*date) == text);
        fuzz::require(base::date_of(base::start_of(*date)) == *date);
    }
    return 0;
}
