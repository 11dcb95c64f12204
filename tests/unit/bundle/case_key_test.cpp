#include "support/refusal.hpp"

#include <kluis/age/open/x25519_identity.hpp>
#include <kluis/age/seal/header.hpp>
#include <kluis/age/seal/payload_writer.hpp>
#include <kluis/age/seal/split.hpp>
#include <kluis/bundle/case_key.hpp>
#include <kluis/crypto/random.hpp>

#include <doctest/doctest.h>

using namespace kluis;
using base::ErrorKind;

namespace {

struct Reader {
    crypto::X25519Secret secret = crypto::random_secret<crypto::X25519Secret>();
    crypto::X25519Public key = crypto::x25519_public(secret);
};

crypto::X25519Secret open_as(const base::Bytes& member, const Reader& reader) {
    return bundle::open_case(member, std::span(&reader.secret, 1));
}

// An age file of `text` to one reader, as a forger might make a case.age.
base::Bytes age_file(std::string_view text, const Reader& reader) {
    const auto key = crypto::random_secret<age::FileKey>();
    base::MemoryWriter out;
    out.write(age::make_header(key, age::X25519Recipient(reader.key)));
    age::PayloadWriter payload(key, crypto::random_value<age::PayloadNonce>(), out);
    payload.write(base::as_bytes(text));
    payload.finish();
    return out.take();
}

}  // namespace

TEST_CASE("each recipient opens the same case key") {
    const Reader first;
    const Reader second;
    const auto case_key = crypto::random_secret<crypto::X25519Secret>();
    const std::array keys{first.key, second.key};
    const auto member = bundle::seal_case(case_key, keys);
    CHECK(crypto::equal_secrets(open_as(member, first).view(), case_key.view()));
    CHECK(crypto::equal_secrets(open_as(member, second).view(), case_key.view()));
}

TEST_CASE("case.age has exactly one X25519 stanza for each recipient") {
    const std::array keys{Reader().key, Reader().key, Reader().key};
    const auto member = bundle::seal_case(crypto::random_secret<crypto::X25519Secret>(), keys);
    base::MemoryReader file(member);
    const age::SplitReader split(file);
    CHECK(age::parse_header(split.header()).stanzas.size() == 3);
    CHECK(bundle::case_readers(member) == 3);
}

TEST_CASE("one who is no recipient is told so, and gets nothing") {
    const Reader member;
    const Reader stranger;
    const auto sealed =
        bundle::seal_case(crypto::random_secret<crypto::X25519Secret>(), std::span(&member.key, 1));
    CHECK(test::refuses(ErrorKind::wrong_key, [&] { return open_as(sealed, stranger); }));
}

TEST_CASE("a case key of another form is refused") {
    const Reader reader;
    const auto good = age::X25519Identity(crypto::random_secret<crypto::X25519Secret>()).text();
    const std::string line(good.text());
    for (const std::string& text :
         {line, line + "\r\n", line + "\n\n", "# a comment\n" + line + "\n", std::string("\n"),
          std::string(75, 'A')}) {
        CAPTURE(text.size());
        CHECK(test::refuses(ErrorKind::malformed,
                            [&] { return open_as(age_file(text, reader), reader); }));
    }
    CHECK(open_as(age_file(line + "\n", reader), reader).view().size() == 32);
}

TEST_CASE("an altered case key is refused") {
    const Reader reader;
    auto sealed =
        bundle::seal_case(crypto::random_secret<crypto::X25519Secret>(), std::span(&reader.key, 1));
    sealed.back() ^= 1;
    CHECK(test::refuses(ErrorKind::forged, [&] { return open_as(sealed, reader); }));
}
