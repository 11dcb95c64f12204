// Byte strings, views of them, and fixed-size public values of distinct types. Secrets live in
// crypto/secret.hpp, never in these types.
//
// Thread-safety: plain values.
#pragma once

#include <algorithm>
#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <kluis/base/error.hpp>

namespace kluis::base {

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;
using MutableBytes = std::span<std::uint8_t>;

// The bytes of `text`, which must outlive the result.
inline ByteView as_bytes(std::string_view text) noexcept {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

// `bytes` seen as text, in whatever encoding they are; `bytes` must outlive the result.
inline std::string_view as_text(ByteView bytes) noexcept {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

inline std::string to_string(ByteView bytes) { return std::string(as_text(bytes)); }
inline Bytes to_bytes(ByteView bytes) { return Bytes(bytes.begin(), bytes.end()); }
inline Bytes to_bytes(std::string_view text) { return to_bytes(as_bytes(text)); }

// Not by `insert`, in which g++ 14 sees overflows that there are not.
inline void append(Bytes& out, ByteView bytes) {
    const std::size_t before = out.size();
    out.resize(before + bytes.size());
    std::ranges::copy(bytes, out.begin() + static_cast<std::ptrdiff_t>(before));
}
inline void append(Bytes& out, std::string_view text) { append(out, as_bytes(text)); }

// All parts after one another; each part is anything that converts to ByteView.
Bytes concat(std::initializer_list<ByteView> parts);

// `value` as `size` bytes, most significant first. REQUIRES: size <= 8 and the value fits.
Bytes big_endian(std::uint64_t value, std::size_t size = 8);

inline bool equal(ByteView a, ByteView b) noexcept { return std::ranges::equal(a, b); }

// N public bytes whose meaning is Tag: a digest, an id, a public key. Ordered by their bytes.
// Tag has a `static constexpr const char* kName`, used in messages.
template <class Tag, std::size_t N>
class FixedBytes {
  public:
    static constexpr std::size_t kSize = N;
    static constexpr const char* kTagName = Tag::kName;

    constexpr FixedBytes() = default;
    explicit constexpr FixedBytes(const std::array<std::uint8_t, N>& bytes) : bytes_(bytes) {}

    // Throws Error(malformed) if `bytes` is not exactly N bytes long.
    static FixedBytes from(ByteView bytes) {
        if (bytes.size() != N) {
            throw Error(ErrorKind::malformed, std::string(Tag::kName) + " is not " +
                                                  std::to_string(N) + " bytes long");
        }
        FixedBytes result;
        std::memcpy(result.bytes_.data(), bytes.data(), N);
        return result;
    }

    ByteView view() const noexcept { return bytes_; }
    operator ByteView() const noexcept { return bytes_; }
    MutableBytes writable() noexcept { return bytes_; }
    const std::uint8_t* data() const noexcept { return bytes_.data(); }

    friend auto operator<=>(const FixedBytes&, const FixedBytes&) = default;

  private:
    std::array<std::uint8_t, N> bytes_{};
};

// For unordered containers keyed by digests, ids and fingerprints, which are already uniform.
struct FixedBytesHash {
    template <class Tag, std::size_t N>
    std::size_t operator()(const FixedBytes<Tag, N>& value) const noexcept {
        static_assert(N >= sizeof(std::size_t));
        std::size_t result;
        std::memcpy(&result, value.data(), sizeof result);
        return result;
    }
};

}  // namespace kluis::base
