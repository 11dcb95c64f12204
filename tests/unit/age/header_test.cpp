#include <kluis/age/seal/header.hpp>
#include <kluis/base/encoding.hpp>

#include <doctest/doctest.h>
#include <support/random.hpp>
#include <support/refusal.hpp>

using namespace kluis;
using base::ErrorKind;
using test::refuses;

namespace {

const std::string kVersion = "age-encryption.org/v1\n";
const std::string kShare = "XEl0dJ6y3C7KZkgmgWUicg63EyXJiwBJW8PdYJ/cYBE";
const std::string kBody = "qRS0AMjdjPvZ/WT08U2KL4G+PIooA3hy38SvLpvaC1E\n";
const std::string kStanza = "-> X25519 " + kShare + "\n" + kBody;
const std::string kMac = "--- HK2NmOBN9Dpq0Gw6xMCuhFcQlQLvZ/wQUi/2scLG75s\n";

age::Header parse(const std::string& text) {
    return age::parse_header(base::as_bytes(text));
}

bool is_malformed(const std::string& text) {
    return refuses(ErrorKind::malformed, [&] { return parse(text); });
}

age::X25519Recipient some_recipient() {
    return age::X25519Recipient(
        crypto::x25519_public(crypto::random_secret<crypto::X25519Secret>()));
}

age::ScryptRecipient some_passphrase() {
    return age::ScryptRecipient(crypto::SecretBuffer::copy_of(base::as_bytes("a passphrase")), 1);
}

bool server_refuses(const std::string& text) {
    return refuses(ErrorKind::malformed, [&] {
        age::require_single_x25519_stanza(base::as_bytes(text));
        return 0;
    });
}

}  // namespace

TEST_CASE("the specification's header is parsed and encoded as it stands there") {
    const age::Header header = parse(kVersion + kStanza + kMac);
    REQUIRE(header.stanzas.size() == 1);
    CHECK(header.stanzas[0].type() == "X25519");
    CHECK(header.stanzas[0].arguments[1] == kShare);
    CHECK(header.stanzas[0].body.size() == 32);
    CHECK(base::to_string(age::encode(header)) == kVersion + kStanza + kMac);
}

TEST_CASE("a header of another version is refused") {
    CHECK(is_malformed("age-encryption.org/v2\n" + kStanza + kMac));
    CHECK(is_malformed("age-encryption.org/v1 \n" + kStanza + kMac));
    CHECK(is_malformed("age-encryption.org/v1\r\n" + kStanza + kMac));
}

TEST_CASE("a header without a stanza is refused") {
    CHECK(is_malformed(kVersion + kMac));
}

TEST_CASE("a header that is cut short anywhere is refused") {
    const std::string whole = kVersion + kStanza + kMac;
    for (std::size_t size = 0; size < whole.size(); ++size)
        CHECK(is_malformed(whole.substr(0, size)));
}

TEST_CASE("a header that is followed by something is refused") {
    CHECK(is_malformed(kVersion + kStanza + kMac + "x"));
    CHECK(is_malformed(kVersion + kStanza + kMac + "\n"));
}

TEST_CASE("a stanza's arguments are refused when empty or not printable") {
    CHECK(is_malformed(kVersion + "-> \n\n" + kMac));
    CHECK(is_malformed(kVersion + "->\n\n" + kMac));
    CHECK(is_malformed(kVersion + "-> a  b\n\n" + kMac));
    CHECK(is_malformed(kVersion + "-> a \n\n" + kMac));
    CHECK(is_malformed(kVersion + "-> a\tb\n\n" + kMac));
    CHECK(is_malformed(kVersion + "-> a\x7f\n\n" + kMac));
    CHECK(is_malformed(kVersion + "-> \xc3\xa9\n\n" + kMac));
    CHECK(is_malformed(kVersion + "-> a\r\n\n" + kMac));
}

TEST_CASE("a stanza's body is refused when it has another spelling") {
    const std::string full(64, 'A');
    CHECK(parse(kVersion + "-> a\n" + full + "\n\n" + kMac).stanzas[0].body.size() == 48);
    CHECK(is_malformed(kVersion + "-> a\n" + full + "\n" + kMac));
    CHECK(is_malformed(kVersion + "-> a\n" + full + "A\n\n" + kMac));
    CHECK(is_malformed(kVersion + "-> a\nAA==\n" + kMac));
    CHECK(is_malformed(kVersion + "-> a\nAB\n" + kMac));
    CHECK(is_malformed(kVersion + "-> a\nAA\nAA\n" + kMac));
    CHECK(is_malformed(kVersion + "-> a\nA*\n" + kMac));
    CHECK(is_malformed(kVersion + "-> a\n" + kMac));
}

TEST_CASE("a MAC is refused when it has another spelling or length") {
    CHECK(is_malformed(kVersion + kStanza + "---\n"));
    CHECK(is_malformed(kVersion + kStanza + "---HK2NmOBN9Dpq0Gw6xMCuhFcQlQLvZ/wQUi/2scLG75s\n"));
    CHECK(is_malformed(kVersion + kStanza + "--- HK2NmOBN9Dpq0Gw6xMCuhFcQlQLvZ/wQUi/2scLG75t\n"));
    CHECK(is_malformed(kVersion + kStanza + "--- HK2NmOBN9Dpq0Gw6xMCuhFcQlQLvZ/wQUi/2scLG75s=\n"));
    CHECK(is_malformed(kVersion + kStanza + "--- HK2NmOBN9Dpq0Gw6xMCuhFcQlQLvZ/wQUi/2scLG\n"));
    CHECK(is_malformed(kVersion + kStanza + "--- HK2NmOBN9Dpq0Gw6xMCuhFcQlQLvZ/wQUi/2scLG75s \n"));
}

TEST_CASE("a header beyond the limits is refused, and one within is not") {
    const auto with_stanzas = [](std::size_t count) {
        std::string text = kVersion;
        for (std::size_t i = 0; i < count; ++i)
            text += "-> a\n\n";
        return text + kMac;
    };
    CHECK(parse(with_stanzas(age::kMaxStanzas)).stanzas.size() == age::kMaxStanzas);
    CHECK(refuses(ErrorKind::limit, [&] { return parse(with_stanzas(age::kMaxStanzas + 1)); }));
    const std::string long_argument(age::kMaxHeaderSize, 'a');
    CHECK(refuses(ErrorKind::limit,
                  [&] { return parse(kVersion + "-> " + long_argument + "\n\n" + kMac); }));
}

TEST_CASE("whatever stanzas a header has, it is parsed as it was encoded") {
    test::Random random;
    INFO(random.seed());
    for (int round = 0; round < 200; ++round) {
        age::Header header;
        const std::size_t count = 1 + random.below(5);
        for (std::size_t i = 0; i < count; ++i) {
            age::Stanza stanza;
            const std::size_t arguments = 1 + random.below(4);
            for (std::size_t j = 0; j < arguments; ++j) {
                std::string argument;
                do {
                    argument += static_cast<char>(0x21 + random.below(0x5e));
                } while (random.below(8) != 0);
                stanza.arguments.push_back(argument);
            }
            stanza.body = random.bytes(random.below(200));
            header.stanzas.push_back(stanza);
        }
        header.mac = age::HeaderMac::from(random.bytes(32));
        const base::Bytes encoded = age::encode(header);
        const age::Header parsed = age::parse_header(encoded);
        CHECK(parsed.stanzas == header.stanzas);
        CHECK(parsed.mac == header.mac);
        CHECK(age::encode(parsed) == encoded);
    }
}

TEST_CASE("a made header has a stanza for each recipient and the right MAC") {
    const auto file_key = crypto::random_secret<age::FileKey>();
    const auto first = some_recipient();
    const auto second = some_recipient();
    const age::Recipient* const recipients[] = {&first, &second};
    const base::Bytes header = age::make_header(file_key, recipients);
    const age::Header parsed = age::parse_header(header);
    CHECK(parsed.stanzas.size() == 2);
    CHECK(parsed.mac == age::header_mac(file_key, header));
    CHECK(parsed.mac != age::header_mac(crypto::random_secret<age::FileKey>(), header));
}

TEST_CASE("two headers of one file key for one recipient have nothing in common") {
    const auto file_key = crypto::random_secret<age::FileKey>();
    const auto recipient = some_recipient();
    const auto first = age::parse_header(age::make_header(file_key, recipient));
    const auto second = age::parse_header(age::make_header(file_key, recipient));
    CHECK(first.stanzas[0].arguments[1] != second.stanzas[0].arguments[1]);
    CHECK(first.stanzas[0].body != second.stanzas[0].body);
}

TEST_CASE("a header for no recipient, or for a passphrase and another one, is not made") {
    const auto file_key = crypto::random_secret<age::FileKey>();
    CHECK(refuses(ErrorKind::usage, [&] {
        return age::make_header(file_key, std::span<const age::Recipient* const>());
    }));
    const auto passphrase = some_passphrase();
    const auto recipient = some_recipient();
    const age::Recipient* const both[] = {&passphrase, &recipient};
    CHECK(refuses(ErrorKind::usage, [&] { return age::make_header(file_key, both); }));
    const age::Recipient* const twice[] = {&passphrase, &passphrase};
    CHECK(refuses(ErrorKind::usage, [&] { return age::make_header(file_key, twice); }));
    CHECK(age::parse_header(age::make_header(file_key, passphrase)).stanzas.size() == 1);
}

TEST_CASE("a server keeps a header with exactly one X25519 stanza") {
    age::require_single_x25519_stanza(base::as_bytes(kVersion + kStanza + kMac));
    age::require_single_x25519_stanza(
        age::make_header(crypto::random_secret<age::FileKey>(), some_recipient()));
}

TEST_CASE("a server refuses two X25519 stanzas") {
    CHECK(server_refuses(kVersion + kStanza + kStanza + kMac));
}

TEST_CASE("a server refuses another stanza before or after the one, grease too") {
    CHECK(server_refuses(kVersion + "-> x-grease a\n\n" + kStanza + kMac));
    CHECK(server_refuses(kVersion + kStanza + "-> x-grease a\n\n" + kMac));
}

TEST_CASE("a server refuses a stanza of another type") {
    CHECK(server_refuses(kVersion + "-> x25519 " + kShare + "\n" + kBody + kMac));
    CHECK(server_refuses(kVersion + "-> scrypt bBjlhJVYZeE4aqUdmtRHfw 18\n" + kBody + kMac));
}

TEST_CASE("a server refuses a share or a body of another length or spelling") {
    CHECK(server_refuses(kVersion + "-> X25519\n" + kBody + kMac));
    CHECK(server_refuses(kVersion + "-> X25519 " + kShare + " a\n" + kBody + kMac));
    CHECK(server_refuses(kVersion + "-> X25519 " + kShare + "AA\n" + kBody + kMac));
    CHECK(server_refuses(kVersion + "-> X25519 " + kShare.substr(0, 42) + "F\n" + kBody + kMac));
    CHECK(server_refuses(kVersion + "-> X25519 " + kShare + "\nAAAA\n" + kMac));
    CHECK(server_refuses(kVersion + "-> X25519 " + kShare + "\n\n" + kMac));
}

TEST_CASE("a server refuses what is no header, or has something behind it") {
    CHECK(server_refuses(""));
    CHECK(server_refuses("a document"));
    CHECK(server_refuses(kVersion + kStanza + kMac + "\n"));
}
