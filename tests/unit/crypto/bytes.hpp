// Short names for what every test of crypto writes.
#pragma once

#include <kluis/base/encoding.hpp>

namespace kluis::test {

inline base::Bytes hex(std::string_view text) {
    return base::hex_decode(text, "test value");
}
inline std::string hex(base::ByteView bytes) {
    return base::hex_encode(bytes);
}

// `count` bytes that count up from `first`.
inline base::Bytes counting(std::size_t count, unsigned first = 0) {
    base::Bytes bytes(count);
    for (std::size_t i = 0; i < count; ++i)
        bytes[i] = static_cast<std::uint8_t>(first + i);
    return bytes;
}

}  // namespace kluis::test
