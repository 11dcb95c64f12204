#include <kluis/age/open/identity_file.hpp>
#include <kluis/age/open/scrypt_identity.hpp>
#include <kluis/age/seal/armor_writer.hpp>
#include <kluis/age/seal/payload_writer.hpp>

#include <doctest/doctest.h>
#include <support/refusal.hpp>

using namespace kluis;
using base::ErrorKind;
using test::refuses;

namespace {

const std::string kIdentity =
    "AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX";

crypto::SecretBuffer secret(std::string_view text) {
    return crypto::SecretBuffer::copy_of(base::as_bytes(text));
}

std::size_t identities_in(const std::string& text) {
    return age::parse_identity_file(secret(text)).identities.size();
}

bool is_malformed(const std::string& text) {
    return refuses(ErrorKind::malformed, [&] { return identities_in(text); });
}

base::Bytes encrypted(const std::string& text, const age::Recipient& recipient) {
    const auto file_key = crypto::random_secret<age::FileKey>();
    base::MemoryWriter out;
    out.write(age::make_header(file_key, recipient));
    age::PayloadWriter payload(file_key, crypto::random_value<age::PayloadNonce>(), out);
    payload.write(base::as_bytes(text));
    payload.finish();
    return out.take();
}

base::Bytes with_passphrase(const std::string& text, std::string_view passphrase) {
    return encrypted(text, age::ScryptRecipient(secret(passphrase), 2));
}

base::Bytes armored(const base::Bytes& file) {
    base::MemoryWriter out;
    age::ArmorWriter armor(out);
    armor.write(file);
    armor.finish();
    return out.take();
}

const age::ScryptIdentity& passphrase() {
    static const age::ScryptIdentity identity(secret("pass"));
    return identity;
}

}  // namespace

TEST_CASE("an identity file gives its identities and its comments, in their order") {
    const auto text =
        secret("# created: today\n\n" + kIdentity + "\n# kluis-account: x\n" + kIdentity);
    const age::IdentityFile file = age::parse_identity_file(text);
    CHECK(file.identities.size() == 2);
    CHECK(file.identities[0].text().text() == kIdentity);
    CHECK(file.comments == std::vector<std::string_view>{"# created: today", "# kluis-account: x"});
}

TEST_CASE("an identity file may end its lines with CRLF, and the last one with nothing") {
    CHECK(identities_in(kIdentity) == 1);
    CHECK(identities_in("# c\r\n" + kIdentity + "\r\n\r\n" + kIdentity + "\r\n") == 2);
}

TEST_CASE("an identity file without an identity is refused") {
    CHECK(is_malformed(""));
    CHECK(is_malformed("\n\n# nothing\n"));
}

TEST_CASE("any other line in an identity file is refused, and named by number only") {
    for (const std::string& line : {std::string("age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xe"),
                                    " " + kIdentity, kIdentity + " ", std::string("AGE-SECERT"),
                                    std::string("AGE-PLUGIN-YUBIKEY-1QQPQQQQ5ZCWG7")}) {
        CAPTURE(line);
        const auto error = test::refusal([&] { return identities_in("#\n" + line + "\n"); });
        REQUIRE(error);
        CHECK(error->kind() == ErrorKind::malformed);
        const std::string message = error->what();
        CHECK(message.starts_with("line 2 of the identity file"));
        CHECK(message.find(line.substr(line.size() - 6)) == std::string::npos);
    }
}

TEST_CASE("an identity file that is too large is refused") {
    const std::string large(age::kMaxIdentityFileSize + 1, '\n');
    CHECK(refuses(ErrorKind::limit, [&] { return identities_in(large); }));
}

TEST_CASE("a passphrase-protected identity file opens, armored or not") {
    const std::string text = "# mine\n" + kIdentity + "\n";
    const base::Bytes file = with_passphrase(text, "pass");
    for (const base::Bytes& bytes : {file, armored(file)}) {
        CHECK(age::is_encrypted_identity_file(bytes));
        const auto opened = age::open_identity_file(bytes, passphrase());
        CHECK(opened.text() == text);
        CHECK(age::parse_identity_file(opened).identities.size() == 1);
    }
    CHECK(!age::is_encrypted_identity_file(base::as_bytes(text)));
}

TEST_CASE("a passphrase-protected identity file does not open with another passphrase") {
    const base::Bytes file = with_passphrase(kIdentity, "another");
    CHECK(
        refuses(ErrorKind::wrong_key, [&] { return age::open_identity_file(file, passphrase()); }));
}

TEST_CASE("a passphrase-protected identity file that was altered or cut short is refused") {
    base::Bytes file = with_passphrase(kIdentity, "pass");
    file.back() ^= 1;
    CHECK(refuses(ErrorKind::forged, [&] { return age::open_identity_file(file, passphrase()); }));
    file.pop_back();
    CHECK(refuses(ErrorKind::forged, [&] { return age::open_identity_file(file, passphrase()); }));
}

TEST_CASE("an identity file that is encrypted to a key is refused") {
    const age::X25519Identity identity(crypto::random_secret<crypto::X25519Secret>());
    const base::Bytes file = encrypted(kIdentity, identity.recipient());
    CHECK(
        refuses(ErrorKind::malformed, [&] { return age::open_identity_file(file, passphrase()); }));
}

TEST_CASE("a passphrase-protected identity file whose text is too large is refused") {
    const base::Bytes file =
        with_passphrase(std::string(age::kMaxIdentityFileSize + 1, '\n'), "pass");
    CHECK(refuses(ErrorKind::limit, [&] { return age::open_identity_file(file, passphrase()); }));
}
