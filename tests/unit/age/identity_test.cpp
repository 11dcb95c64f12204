#include <kluis/age/open/scrypt_identity.hpp>
#include <kluis/age/open/x25519_identity.hpp>
#include <kluis/base/encoding.hpp>

#include <doctest/doctest.h>
#include <support/refusal.hpp>

using namespace kluis;
using base::ErrorKind;
using test::refuses;

namespace {

// From the specification.
const std::string kIdentity =
    "AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX";
const std::string kRecipient = "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj";

age::X25519Identity some_identity() {
    return age::X25519Identity(crypto::random_secret<crypto::X25519Secret>());
}

crypto::SecretBuffer secret(std::string_view text) {
    return crypto::SecretBuffer::copy_of(base::as_bytes(text));
}

bool is_malformed(const std::string& text) {
    return refuses(ErrorKind::malformed, [&] { return age::X25519Identity::parse(text); });
}

base::Bytes header_of(std::vector<age::Stanza> stanzas) {
    return age::encode({std::move(stanzas), age::HeaderMac()});
}

age::Stanza scrypt_stanza(const std::string& salt, const std::string& work_factor) {
    return {{"scrypt", salt, work_factor}, base::Bytes(32)};
}

const std::string kSalt = "ajMFur+EJLGaohv/dLRGnw";

ErrorKind refusal_of(const base::Bytes& header, const age::Identity& identity) {
    const auto error = test::refusal([&] { return age::unwrap(header, identity); });
    REQUIRE(error);
    return error->kind();
}

}  // namespace

TEST_CASE("an identity of another type is refused as such, and no other") {
    const auto refusal_of_text = [](const std::string& text) {
        const auto error = test::refusal([&] { return age::X25519Identity::parse(text); });
        REQUIRE(error);
        CHECK(error->kind() == ErrorKind::malformed);
        return std::string(error->what());
    };
    for (const char* text : {"AGE-SECRET-KEY-PQ-1QQQQQQQQQQ", "AGE-PLUGIN-YUBIKEY-1QQQQQQQQQQ"}) {
        CHECK(refusal_of_text(text) == "the identity is of a type that this program does not know");
    }
    CHECK(refusal_of_text("AGF-SECRET-KEY-1QQQQQQQQQQ") ==
          "the identity does not begin with 'AGE-SECRET-KEY-1'");
}

TEST_CASE("the specification's identity is read and written, and has its recipient") {
    const auto identity = age::X25519Identity::parse(kIdentity);
    CHECK(identity.text().text() == kIdentity);
    CHECK(identity.recipient().text() == kRecipient);
    CHECK(age::X25519Identity(identity.secret()).text().text() == kIdentity);
}

TEST_CASE("an identity in lower or mixed case, changed, or of another length is refused") {
    std::string lower = kIdentity;
    for (char& c : lower)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    CHECK(is_malformed(lower));
    std::string mixed = kIdentity;
    mixed[20] = 'y';
    CHECK(is_malformed(mixed));
    std::string changed = kIdentity;
    changed[20] = changed[20] == 'Q' ? 'P' : 'Q';
    CHECK(is_malformed(changed));
    CHECK(is_malformed(kIdentity + " "));
    CHECK(is_malformed(kRecipient));
    CHECK(is_malformed(""));
}

TEST_CASE("each of several recipients unwraps the same file key, and no one else does") {
    const auto file_key = crypto::random_secret<age::FileKey>();
    const auto first = some_identity();
    const auto second = some_identity();
    const auto to_first = first.recipient();
    const auto to_second = second.recipient();
    const age::Recipient* const recipients[] = {&to_first, &to_second};
    const base::Bytes header = age::make_header(file_key, recipients);
    for (const auto* identity : {&first, &second}) {
        CHECK(crypto::equal_secrets(age::unwrap(header, *identity).view(), file_key.view()));
    }
    CHECK(refusal_of(header, some_identity()) == ErrorKind::wrong_key);
}

TEST_CASE("among several identities the one that fits is found") {
    const auto file_key = crypto::random_secret<age::FileKey>();
    const auto wrong = some_identity();
    const auto right = some_identity();
    const auto recipient = right.recipient();
    const base::Bytes header = age::make_header(file_key, recipient);
    const age::Identity* const identities[] = {&wrong, &right};
    CHECK(crypto::equal_secrets(age::unwrap(header, identities).view(), file_key.view()));
    CHECK(refuses(ErrorKind::wrong_key,
                  [&] { return age::unwrap(header, std::span<const age::Identity* const>()); }));
}

TEST_CASE("a header whose MAC, or any other stanza, was changed is refused as forged") {
    const auto identity = some_identity();
    const auto recipient = identity.recipient();
    auto header =
        age::parse_header(age::make_header(crypto::random_secret<age::FileKey>(), recipient));
    auto other_mac = header;
    other_mac.mac.writable()[0] ^= 1;
    CHECK(refusal_of(age::encode(other_mac), identity) == ErrorKind::forged);
    header.stanzas.push_back({{"another"}, {}});
    CHECK(refusal_of(age::encode(header), identity) == ErrorKind::forged);
}

TEST_CASE("an X25519 stanza that is not as specified is refused, whoever it is for") {
    const auto identity = some_identity();
    const std::string share = base::base64_raw_encode(base::Bytes(32, 9));
    const auto malformed = [&](std::vector<std::string> arguments, std::size_t body) {
        return refusal_of(header_of({{std::move(arguments), base::Bytes(body)}}), identity) ==
               ErrorKind::malformed;
    };
    CHECK(malformed({"X25519"}, 32));
    CHECK(malformed({"X25519", share, "more"}, 32));
    CHECK(malformed({"X25519", base::base64_raw_encode(base::Bytes(31, 9))}, 32));
    CHECK(malformed({"X25519", share + "="}, 32));
    CHECK(malformed({"X25519", share}, 31));
    CHECK(malformed({"X25519", share}, 33));
    CHECK(malformed({"X25519", base::base64_raw_encode(base::Bytes(32, 0))}, 32));
    CHECK(refusal_of(header_of({{{"X25519", share}, base::Bytes(32)}}), identity) ==
          ErrorKind::wrong_key);
}

TEST_CASE("a passphrase opens what it sealed, and another one does not") {
    const auto file_key = crypto::random_secret<age::FileKey>();
    const base::Bytes header =
        age::make_header(file_key, age::ScryptRecipient(secret("correct horse"), 4));
    CHECK(crypto::equal_secrets(
        age::unwrap(header, age::ScryptIdentity(secret("correct horse"))).view(), file_key.view()));
    CHECK(refusal_of(header, age::ScryptIdentity(secret("correct hors"))) == ErrorKind::wrong_key);
    CHECK(refusal_of(header, some_identity()) == ErrorKind::wrong_key);
}

TEST_CASE("a passphrase does not open what is for a key") {
    const auto recipient = some_identity().recipient();
    const base::Bytes header = age::make_header(crypto::random_secret<age::FileKey>(), recipient);
    CHECK(refusal_of(header, age::ScryptIdentity(secret("correct horse"))) == ErrorKind::wrong_key);
    CHECK(!age::is_for_passphrase(age::parse_header(header)));
}

TEST_CASE("more work than allowed is refused before it is done") {
    const age::ScryptIdentity identity(secret("x"), 10);
    CHECK(refusal_of(header_of({scrypt_stanza(kSalt, "11")}), identity) == ErrorKind::limit);
    CHECK(refusal_of(header_of({scrypt_stanza(kSalt, "99999999999999999999")}), identity) ==
          ErrorKind::limit);
    CHECK(refusal_of(header_of({scrypt_stanza(kSalt, "23")}), age::ScryptIdentity(secret("x"))) ==
          ErrorKind::limit);
    CHECK(refusal_of(header_of({scrypt_stanza(kSalt, "10")}), identity) == ErrorKind::wrong_key);
}

TEST_CASE("a scrypt stanza that is not as specified is refused") {
    const age::ScryptIdentity identity(secret("x"), 10);
    for (const char* work_factor : {"0", "01", "+1", "-1", "0x1", "a", "1a"}) {
        CAPTURE(work_factor);
        CHECK(refusal_of(header_of({scrypt_stanza(kSalt, work_factor)}), identity) ==
              ErrorKind::malformed);
    }
    CHECK(refusal_of(header_of({scrypt_stanza(kSalt + "AA", "1")}), identity) ==
          ErrorKind::malformed);
    CHECK(refusal_of(header_of({scrypt_stanza("AAAA", "1")}), identity) == ErrorKind::malformed);
    CHECK(refusal_of(header_of({{{"scrypt", kSalt}, base::Bytes(32)}}), identity) ==
          ErrorKind::malformed);
    CHECK(refusal_of(header_of({{{"scrypt", kSalt, "1", "1"}, base::Bytes(32)}}), identity) ==
          ErrorKind::malformed);
    CHECK(refusal_of(header_of({{{"scrypt", kSalt, "1"}, base::Bytes(48)}}), identity) ==
          ErrorKind::malformed);
}

TEST_CASE("a passphrase beside any other stanza is refused, whoever asks") {
    const base::Bytes header = header_of({scrypt_stanza(kSalt, "1"), {{"another"}, {}}});
    CHECK(refusal_of(header, age::ScryptIdentity(secret("x"))) == ErrorKind::malformed);
    CHECK(refusal_of(header, some_identity()) == ErrorKind::malformed);
    const std::vector<age::Stanza> both{scrypt_stanza(kSalt, "1"), {{"another"}, {}}};
    CHECK(refuses(ErrorKind::malformed,
                  [&] { return age::ScryptIdentity(secret("x")).unwrap(both); }));
}
