#include <kluis/age/seal/recipient.hpp>
#include <kluis/base/encoding.hpp>

#include <doctest/doctest.h>
#include <support/refusal.hpp>

using namespace kluis;
using base::ErrorKind;
using test::refuses;

namespace {

// From the specification.
const std::string kRecipient = "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj";

bool is_malformed(const std::string& text) {
    return refuses(ErrorKind::malformed, [&] { return age::X25519Recipient::parse(text); });
}

}  // namespace

TEST_CASE("the specification's recipient is read and written as it stands there") {
    CHECK(age::X25519Recipient::parse(kRecipient).text() == kRecipient);
}

TEST_CASE("a recipient in upper case, with a wrong checksum, prefix or length is refused") {
    CHECK(is_malformed("AGE1ZVKYG2LQZRAA2LNJVQEJ32NKUU0UES2S82HZRYE869XEEXVN73EQUNUJWJ"));
    std::string changed = kRecipient;
    changed[10] = changed[10] == 'q' ? 'p' : 'q';
    CHECK(is_malformed(changed));
    CHECK(is_malformed(base::bech32_encode("agf", base::Bytes(32, 9))));
    CHECK(is_malformed(base::bech32_encode("age", base::Bytes(31, 9))));
    CHECK(is_malformed(base::bech32_encode("age", base::Bytes(33, 9))));
    CHECK(is_malformed(kRecipient + "\n"));
    CHECK(is_malformed(" " + kRecipient));
    CHECK(is_malformed(""));
}

TEST_CASE("a recipient of another type is refused as such, and no other") {
    for (const char* prefix : {"age1tag", "age1pq", "age1yubikey"}) {
        const auto error = test::refusal([&] {
            return age::X25519Recipient::parse(base::bech32_encode(prefix, base::Bytes(33, 9)));
        });
        REQUIRE(error);
        CHECK(error->kind() == ErrorKind::malformed);
        CHECK(std::string(error->what()) ==
              "the recipient is of a type that this program does not know");
    }
    const auto other = test::refusal([] { return age::X25519Recipient::parse("agf1tag1xyz"); });
    REQUIRE(other);
    CHECK(std::string(other->what()) == "the recipient does not begin with 'age1'");
}

TEST_CASE("a recipient of low order is refused") {
    base::Bytes point(32, 0);
    CHECK(is_malformed(base::bech32_encode("age", point)));
    point[0] = 1;
    CHECK(is_malformed(base::bech32_encode("age", point)));
}

TEST_CASE("an empty passphrase is refused") {
    CHECK(refuses(ErrorKind::usage, [] { return age::ScryptRecipient(crypto::SecretBuffer()); }));
}

TEST_CASE("a passphrase's stanza names its work factor and a salt of 16 bytes") {
    const age::ScryptRecipient recipient(
        crypto::SecretBuffer::copy_of(base::as_bytes("a passphrase")), 3);
    const age::Stanza stanza = recipient.wrap(crypto::random_secret<age::FileKey>());
    REQUIRE(stanza.arguments.size() == 3);
    CHECK(stanza.type() == "scrypt");
    CHECK(base::base64_raw_decode(stanza.arguments[1], "salt").size() == 16);
    CHECK(stanza.arguments[2] == "3");
    CHECK(stanza.body.size() == 32);
    CHECK(recipient.must_be_alone());
}
