// The account secret as an age identity file and as a paper recovery kit.
#include "derive.hpp"

#include <kluis/age/open/identity_file.hpp>
#include <kluis/base/encoding.hpp>

namespace kluis::account {
namespace {

using base::Error;
using base::ErrorKind;

constexpr std::string_view kComment = "# kluis-account: ";
constexpr std::string_view kHumanReadablePart = "kluis-account";

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

bool has_account(const crypto::SecretBuffer& text) {
    std::string_view rest = text.text();
    while (!rest.empty()) {
        if (rest.starts_with(kComment)) return true;
        rest.remove_prefix(std::min(rest.find('\n'), rest.size() - 1) + 1);
    }
    return false;
}

Kit recovery_kit(const AccountSecret& secret) {
    return {recovery_words(secret), kit_code(secret),
            age::X25519Identity(x25519_secret(secret)).text()};
}

AccountSecret parse_kit_code(const crypto::SecretBuffer& text) {
    return parse_code(text.text(), "the code of the recovery kit");
}

}  // namespace kluis::account
