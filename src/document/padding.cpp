#include <kluis/document/padding.hpp>

#include <algorithm>
#include <bit>

namespace kluis::document {

std::uint64_t padded_size(std::uint64_t size) {
    const std::uint64_t length = std::max(size, kLeastPadded);
    const auto exponent = static_cast<unsigned>(std::bit_width(length)) - 1;
    const auto kept_bits = static_cast<unsigned>(std::bit_width(exponent));
    const std::uint64_t rest = (std::uint64_t{1} << (exponent - kept_bits)) - 1;
    return (length + rest) & ~rest;
}

}  // namespace kluis::document
