#include <kluis/base/words.hpp>

namespace kluis::base {
namespace {

constexpr std::string_view kWords[] = {
#include "words_english.inc"
};
static_assert(std::size(kWords) == kWordCount);

constexpr std::size_t kBitsPerWord = 11;

}  // namespace

std::string_view word(std::size_t index) {
    if (index >= kWordCount) throw Error(ErrorKind::internal, "there is no word of that number");
    return kWords[index];
}

std::optional<std::size_t> word_index(std::string_view text) {
    const auto found = std::ranges::lower_bound(kWords, text);
    if (found == std::end(kWords) || *found != text) return std::nullopt;
    return static_cast<std::size_t>(found - std::begin(kWords));
}

std::vector<std::string_view> words_of_bits(ByteView bytes, std::size_t count) {
    if (bytes.size() * 8 < count * kBitsPerWord) {
        throw Error(ErrorKind::internal, "there are fewer bits than words need");
    }
    std::vector<std::string_view> words;
    words.reserve(count);
    for (std::size_t bit = 0; words.size() < count; bit += kBitsPerWord) {
        std::size_t index = 0;
        for (std::size_t i = bit; i < bit + kBitsPerWord; ++i) {
            index = (index << 1) | ((bytes[i / 8] >> (7 - i % 8)) & 1U);
        }
        words.push_back(kWords[index]);
    }
    return words;
}

std::vector<std::size_t> parse_words(std::string_view text, std::size_t count,
                                     std::string_view what, char separator) {
    const auto found = static_cast<std::size_t>(std::ranges::count(text, separator)) + 1;
    if (found != count) {
        throw Error(ErrorKind::malformed,
                    std::string(what) + " must be " + std::to_string(count) + " words");
    }
    std::vector<std::size_t> indices;
    indices.reserve(count);
    while (indices.size() < count) {
        const std::size_t end = std::min(text.find(separator), text.size());
        const auto index = word_index(text.substr(0, end));
        if (!index) {
            throw Error(ErrorKind::malformed, "word " + std::to_string(indices.size() + 1) +
                                                  " of " + std::string(what) +
                                                  " is not in the word list");
        }
        indices.push_back(*index);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return indices;
}

}  // namespace kluis::base
