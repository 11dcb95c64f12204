#include "target.hpp"

#include <api/types.hpp>

using namespace kluis;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const base::ByteView line(data, size);
    try {
        const auto record = fuzz::parsed([&] { return api::parse_record(line); });
        if (record) {
            fuzz::require(api::encode_record(*record) == base::to_string(line) + "\n");
        }
    } catch (const base::Error& error) {
        fuzz::require(error.kind() == base::ErrorKind::untrusted);
    }
    const auto read = fuzz::parsed([&] { return api::parse_read(line); });
    if (read) fuzz::require(api::encode_read(*read) == base::to_string(line) + "\n");
    return 0;
}
