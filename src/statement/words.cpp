#include <kluis/base/words.hpp>
#include <kluis/statement/words.hpp>

namespace kluis::statement {

namespace {

constexpr std::string_view kLabel = "bewijskluis.org/v1/words";
constexpr std::size_t kWords = 4;

}  // namespace

std::string four_words(const Digest& head) {
    std::string text;
    for (const std::string_view word :
         base::words_of_bits(crypto::sha256({base::as_bytes(kLabel), head}), kWords)) {
        if (!text.empty()) text += ' ';
        text += word;
    }
    return text;
}

}  // namespace kluis::statement
