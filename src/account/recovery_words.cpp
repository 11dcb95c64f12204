// The account secret as 24 words of BIP 39.
#include "derive.hpp"

namespace kluis::account {
namespace {

using base::Error;
using base::ErrorKind;

constexpr std::size_t kWords = 24;
// Longer than any 24 words with generous white space.
constexpr std::size_t kMostText = 4096;

std::uint8_t checksum(base::ByteView entropy) {
    return crypto::sha256(entropy).view()[0];
}

// The words in lower case with single spaces, however they were written.
crypto::SecretBuffer normalised(std::string_view text) {
    crypto::SecretBuffer result(text.size());
    std::size_t size = 0;
    bool between = false;
    for (char c : text) {
        if (is_space(c)) {
            between = true;
            continue;
        }
        if (between && size > 0) result.writable()[size++] = ' ';
        between = false;
        const char lower = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        result.writable()[size++] = static_cast<std::uint8_t>(lower);
    }
    result.shrink(size);
    return result;
}

}  // namespace

crypto::SecretBuffer recovery_words(const AccountSecret& secret) {
    crypto::SecretBuffer bits(AccountSecret::kSize + 1);
    std::ranges::copy(secret.view(), bits.writable().begin());
    bits.writable().back() = checksum(secret.view());
    return words_text(bits.view(), kWords);
}

AccountSecret parse_recovery_words(const crypto::SecretBuffer& text) {
    if (text.size() > kMostText) {
        throw Error(ErrorKind::malformed, "the recovery words are too long a text");
    }
    const crypto::SecretBuffer words = normalised(text.text());
    const crypto::SecretBuffer bits = bits_of_words(words.text(), kWords, "the recovery words");
    const base::ByteView entropy = bits.view().first(AccountSecret::kSize);
    if (checksum(entropy) != bits.view().back()) {
        throw Error(ErrorKind::malformed, "the recovery words do not fit together",
                    "each is a word of the list, but one is wrong or two are swapped; compare them "
                    "with the paper");
    }
    return AccountSecret::copy_of(entropy);
}

}  // namespace kluis::account
