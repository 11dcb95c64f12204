#include <kluis/age/open/identity_file.hpp>
#include <kluis/age/open/scrypt_identity.hpp>
#include <kluis/age/seal/armor_writer.hpp>
#include <kluis/age/seal/header.hpp>
#include <kluis/age/seal/payload_writer.hpp>
#include <kluis/base/file.hpp>
#include <kluis/crypto/random.hpp>

#include <cli/progress.hpp>
#include <cli/sealed_file.hpp>

namespace kluis::cli {

void write_sealed_file(const std::filesystem::path& file, base::ByteView secret,
                       crypto::SecretBuffer passphrase) {
    base::AtomicFile out(file, base::FileMode::owner_only, base::Replace::no);
    age::ArmorWriter armor(out);
    const Working working;
    const auto key = crypto::random_secret<age::FileKey>();
    armor.write(age::make_header(key, age::ScryptRecipient(std::move(passphrase))));
    age::PayloadWriter payload(key, crypto::random_value<age::PayloadNonce>(), armor);
    payload.write(secret);
    payload.finish();
    armor.finish();
    out.commit();
}

crypto::SecretBuffer open_sealed_file(const std::filesystem::path& file,
                                      crypto::SecretBuffer passphrase) {
    const Working working;
    return age::open_identity_file(base::read_file(file, age::kMaxIdentityFileSize),
                                   age::ScryptIdentity(std::move(passphrase)));
}

}  // namespace kluis::cli
