#include "target.hpp"

#include <kluis/statement/statement.hpp>

using namespace kluis;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const base::ByteView payload(data, size);
    const auto statement = fuzz::parsed([&] { return statement::parse_statement(payload); });
    if (statement) fuzz::require(base::equal(statement::encode(*statement), payload));
    return 0;
}
