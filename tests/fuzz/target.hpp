// What every fuzz target needs. A parser may refuse its input with Error(malformed) or
// Error(limit); any other exception, and a property that does not hold, is a finding.
#pragma once

#include <kluis/base/error.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <optional>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace kluis::fuzz {

inline void require(bool holds) {
    if (!holds) std::abort();
}

// What `parse` returns, or nothing if it refuses.
template <class Parse>
auto parsed(Parse parse) -> std::optional<decltype(parse())> {
    try {
        return parse();
    } catch (const base::Error& error) {
        require(error.kind() == base::ErrorKind::malformed ||
                error.kind() == base::ErrorKind::limit);
        return std::nullopt;
    }
}

// What `open` returns, or nothing if it refuses: as a parser may, or since no key here opens it.
template <class Open>
auto opened(Open open) -> std::optional<decltype(open())> {
    try {
        return open();
    } catch (const base::Error& error) {
        require(error.kind() == base::ErrorKind::malformed ||
                error.kind() == base::ErrorKind::limit || error.kind() == base::ErrorKind::forged ||
                error.kind() == base::ErrorKind::wrong_key);
        return std::nullopt;
    }
}

}  // namespace kluis::fuzz
