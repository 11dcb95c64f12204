#include "target.hpp"

#include <cli/context.hpp>

using namespace kluis;

namespace {

template <class Parse>
auto understood(Parse parse) {
    return fuzz::unless({base::ErrorKind::usage}, parse);
}

}  // namespace

// The input as what a person types for a time, a day or a fingerprint.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(base::as_text({data, size}));
    const base::Time now{1'800'000'000};
    if (const auto until = understood([&] { return cli::parse_until(text); })) {
        const bool is_day = base::to_string(base::date_of(*until)) == text;
        fuzz::require(is_day || base::to_string(*until) == text);
        const auto end = understood([&] { return cli::parse_end(text, now); });
        fuzz::require(end ? *end == until : *until <= now);
    }
    const auto day = understood([&] { return cli::parse_day(text, "--from"); });
    if (day && *day) fuzz::require(base::to_string(**day) == text);
    if (const auto card = understood([&] { return cli::parse_read_out(text); })) {
        fuzz::require(cli::parse_read_out(statement::to_text(*card)) == *card);
    }
    return 0;
}
