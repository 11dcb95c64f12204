#include <kluis/age/open/identity_file.hpp>
#include <kluis/age/open/scrypt_identity.hpp>
#include <kluis/base/file.hpp>

#include <cli/identities.hpp>
#include <cli/passphrase.hpp>

namespace kluis::cli {

crypto::SecretBuffer read_identity_text(const Context& context, const std::string& file) {
    auto bytes = base::read_file(file, age::kMaxIdentityFileSize);
    const crypto::WipeOnExit wiped(bytes);
    if (!age::is_encrypted_identity_file(bytes)) {
        return crypto::SecretBuffer::copy_of(bytes);
    }
    return age::open_identity_file(
        bytes, age::ScryptIdentity(
                   read_passphrase(context.passphrase_file, "passphrase of the identity file")));
}

std::vector<crypto::X25519Secret> read_identities(const Context& context, const std::string& file) {
    const auto text = read_identity_text(context, file);
    const auto parsed = age::parse_identity_file(text);
    std::vector<crypto::X25519Secret> secrets;
    for (const auto& identity : parsed.identities) {
        secrets.push_back(identity.secret().duplicate());
    }
    return secrets;
}

}  // namespace kluis::cli
