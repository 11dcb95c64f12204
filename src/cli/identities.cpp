#include <kluis/age/open/identity_file.hpp>
#include <kluis/age/open/scrypt_identity.hpp>

#include <cli/identities.hpp>
#include <cli/passphrase.hpp>
#include <cli/progress.hpp>

namespace kluis::cli {

crypto::SecretBuffer read_identity_text(const std::filesystem::path& passphrase_file,
                                        const std::string& file) {
    auto text = read_secret_file(file, age::kMaxIdentityFileSize);
    if (!age::is_encrypted_identity_file(text.view())) {
        return text;
    }
    const age::ScryptIdentity identity(
        read_passphrase(passphrase_file, "passphrase of the identity file"));
    const Working working;
    return age::open_identity_file(text.view(), identity);
}

std::vector<crypto::X25519Secret> read_identities(const std::filesystem::path& passphrase_file,
                                                  const std::string& file) {
    const auto text = read_identity_text(passphrase_file, file);
    const auto parsed = age::parse_identity_file(text);
    std::vector<crypto::X25519Secret> secrets;
    for (const auto& identity : parsed.identities) {
        secrets.push_back(identity.secret().duplicate());
    }
    return secrets;
}

}  // namespace kluis::cli
