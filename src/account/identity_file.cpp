// The account secret as an age identity file and as a paper recovery kit.
#include "derive.hpp"

#include <kluis/age/open/identity_file.hpp>
#include <kluis/base/encoding.hpp>
#include <kluis/base/text.hpp>

namespace kluis::account {
namespace {

using base::Error;
using base::ErrorKind;

constexpr std::string_view kComment = "# kluis-account: ";
constexpr std::string_view kHumanReadablePart = "kluis-account";
constexpr std::string_view kKitCode = "the code of the recovery kit";

crypto::SecretBuffer kit_code(const AccountSecret& secret) {
    std::string text = base::bech32_encode(kHumanReadablePart, secret.view());
    const crypto::WipeOnExit wipe_text({reinterpret_cast<std::uint8_t*>(text.data()), text.size()});
    return crypto::SecretBuffer::copy_of(base::as_bytes(text));
}

AccountSecret parse_code(std::string_view text, std::string_view what) {
    base::Bytes bytes = base::bech32_decode(kHumanReadablePart, text, what);
    const crypto::WipeOnExit wipe_bytes(bytes);
    return AccountSecret::copy_of(bytes);
}

[[noreturn]] void refuse(const char* why) {
    throw Error(ErrorKind::malformed, std::string("the identity file ") + why);
}

// Whether a line of `text` begins with `beginning`.
bool has_line(std::string_view text, std::string_view beginning) {
    while (!text.empty()) {
        if (text.starts_with(beginning)) return true;
        text.remove_prefix(std::min(text.find('\n'), text.size() - 1) + 1);
    }
    return false;
}

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view kSpace = " \t\r\n";
    const std::size_t begin = text.find_first_not_of(kSpace);
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(kSpace) + 1 - begin);
}

// In either case, as a QR code may be scanned.
bool is_code(std::string_view text) {
    const std::size_t size = kHumanReadablePart.size();
    return text.size() > size && text[size] == '1' &&
           base::lower_ascii(text.substr(0, size)) == kHumanReadablePart;
}

}  // namespace

crypto::SecretBuffer identity_file(const AccountSecret& secret) {
    const age::X25519Identity identity(x25519_secret(secret));
    const crypto::SecretBuffer code = kit_code(secret);
    return join({kComment, code.text(), "\n# public key: ", identity.recipient().text(), "\n",
                 identity.text().text(), "\n"});
}

AccountSecret parse_identity_file(const crypto::SecretBuffer& text) {
    const age::IdentityFile file = age::parse_identity_file(text);
    std::optional<std::string_view> code;
    for (std::string_view comment : file.comments) {
        if (!comment.starts_with(kComment)) continue;
        if (code) refuse("names more than one account");
        code = comment.substr(kComment.size());
    }
    if (!code) refuse("names no account");
    AccountSecret secret = parse_code(*code, "the account of the identity file");
    if (!crypto::equal_secrets(kit_code(secret).view(), base::as_bytes(*code))) {
        refuse("has its account in upper case");
    }
    if (file.identities.size() != 1) refuse("has more than one key");
    if (!crypto::equal_secrets(file.identities.front().secret().view(),
                               x25519_secret(secret).view())) {
        refuse("has a key that is not that of its account");
    }
    return secret;
}

Kit recovery_kit(const AccountSecret& secret) {
    return {recovery_words(secret), kit_code(secret),
            age::X25519Identity(x25519_secret(secret)).text()};
}

AccountSecret parse_kit_code(const crypto::SecretBuffer& text) {
    return parse_code(text.text(), kKitCode);
}

AccountSecret parse_recovery(const crypto::SecretBuffer& text) {
    if (has_line(text.text(), kComment)) return parse_identity_file(text);
    if (has_line(text.text(), "AGE-SECRET-KEY-1")) {
        throw Error(ErrorKind::malformed,
                    "an age key alone opens documents, but does not bring an account back",
                    "use the recovery words, or the text of the QR code");
    }
    const std::string_view code = trimmed(text.text());
    return is_code(code) ? parse_code(code, kKitCode) : parse_recovery_words(text);
}

}  // namespace kluis::account
