#include "derive.hpp"

#include <kluis/base/words.hpp>

namespace kluis::account {
namespace {

constexpr std::size_t kBitsPerWord = 11;

// The memory of a vector whose values tell a secret.
template <class T>
base::MutableBytes memory_of(std::vector<T>& values) {
    return {reinterpret_cast<std::uint8_t*>(values.data()), values.size() * sizeof(T)};
}

}  // namespace

crypto::SecretBuffer join(std::initializer_list<std::string_view> parts) {
    std::size_t size = 0;
    for (std::string_view part : parts)
        size += part.size();
    crypto::SecretBuffer text(size);
    auto out = text.writable().begin();
    for (std::string_view part : parts)
        out = std::ranges::copy(base::as_bytes(part), out).out;
    return text;
}

crypto::SecretBuffer words_text(base::ByteView bits, std::size_t count) {
    std::vector<std::string_view> words = base::words_of_bits(bits, count);
    const crypto::WipeOnExit wipe_words(memory_of(words));
    std::size_t size = count - 1;
    for (std::string_view word : words)
        size += word.size();
    crypto::SecretBuffer text(size);
    auto out = text.writable().begin();
    for (std::string_view word : words) {
        if (out != text.writable().begin()) *out++ = ' ';
        out = std::ranges::copy(base::as_bytes(word), out).out;
    }
    return text;
}

crypto::SecretBuffer bits_of_words(std::string_view text, std::size_t count,
                                   std::string_view what) {
    std::vector<std::size_t> indices = base::parse_words(text, count, what);
    const crypto::WipeOnExit wipe_indices(memory_of(indices));
    crypto::SecretBuffer bits((count * kBitsPerWord + 7) / 8);
    const base::MutableBytes out = bits.writable();
    for (std::size_t bit = 0; bit < count * kBitsPerWord; ++bit) {
        const std::size_t index = indices[bit / kBitsPerWord];
        const std::size_t value = (index >> (kBitsPerWord - 1 - bit % kBitsPerWord)) & 1U;
        out[bit / 8] = static_cast<std::uint8_t>(out[bit / 8] | value << (7 - bit % 8));
    }
    return bits;
}

bool is_space(char c) noexcept {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

}  // namespace kluis::account
