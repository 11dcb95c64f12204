// What every fuzz target needs. A parser may refuse its input with Error(malformed) or
// Error(limit); any other exception, and a property that does not hold, is a finding.
#pragma once

#include <kluis/base/error.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <initializer_list>
#include <optional>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace kluis::fuzz {

inline void require(bool holds) {
    if (!holds) std::abort();
}

// What `call` returns, or nothing if it refuses with an Error of one of these kinds.
template <class Call>
auto unless(std::initializer_list<base::ErrorKind> refusals, Call call)
    -> std::optional<decltype(call())> {
    try {
        return call();
    } catch (const base::Error& error) {
        require(std::ranges::find(refusals, error.kind()) != refusals.end());
        return std::nullopt;
    }
}

// What `parse` returns, or nothing if it refuses.
template <class Parse>
auto parsed(Parse parse) {
    return unless({base::ErrorKind::malformed, base::ErrorKind::limit}, parse);
}

// What `open` returns, or nothing if it refuses: as a parser may, or since no key here opens it.
template <class Open>
auto opened(Open open) {
    return unless({base::ErrorKind::malformed, base::ErrorKind::limit, base::ErrorKind::forged,
                   base::ErrorKind::wrong_key},
                  open);
}

}  // namespace kluis::fuzz
