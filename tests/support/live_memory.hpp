// How much memory is in use, for tests that it does not grow with what passes through.
#pragma once

#include <malloc.h>

#include <cstddef>

// AddressSanitizer's own count; its allocator is not the library's.
extern "C" __attribute__((weak)) std::size_t __sanitizer_get_current_allocated_bytes();

namespace kluis::test {

// Bytes allocated and not freed.
inline std::size_t live_memory() {
    if (__sanitizer_get_current_allocated_bytes) return __sanitizer_get_current_allocated_bytes();
    const auto info = ::mallinfo2();
    return info.uordblks + info.hblkhd;
}

}  // namespace kluis::test
