#include <kluis/base/bytes.hpp>

namespace kluis::base {

Bytes concat(std::initializer_list<ByteView> parts) {
    std::size_t size = 0;
    for (ByteView part : parts)
        size += part.size();
    Bytes result;
    result.reserve(size);
    for (ByteView part : parts)
        append(result, part);
    return result;
}

Bytes big_endian(std::uint64_t value, std::size_t size) {
    Bytes result(size);
    for (std::size_t i = size; i-- > 0;) {
        result[i] = static_cast<std::uint8_t>(value);
        value >>= 8;
    }
    if (value != 0) throw Error(ErrorKind::internal, "a number does not fit its field");
    return result;
}

}  // namespace kluis::base
