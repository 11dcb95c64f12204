#include "secrets.hpp"
#include "support/refusal.hpp"
#include "support/vectors.hpp"

#include <kluis/account/unlock.hpp>
#include <kluis/base/words.hpp>
#include <kluis/crypto/random.hpp>

#include <doctest/doctest.h>

#include <set>

using namespace kluis;
using account::Passphrase;
using base::ErrorKind;
using statement::Fingerprint;
using test::buffer;
using test::refusal;
using test::refuses;

namespace {

crypto::AeadKey wrapping_of(const test::Vector& vector) {
    return crypto::AeadKey::copy_of(vector.bytes("wrapping"));
}

account::AccountSecret open(const test::Vector& vector) {
    return account::open_secret(vector.bytes("sealed"), wrapping_of(vector),
                                statement::parse_id<Fingerprint>(vector.text("fingerprint")));
}

}  // namespace

TEST_CASE("passphrase and handle of each vector open its sealed secret, and nothing else opens") {
    std::set<std::string> seen;
    for (const auto& vector : test::vectors("unlock")) {
        CAPTURE(vector.name);
        const std::string& expect = vector.text("expect");
        seen.insert(expect);
        if (expect == "ok") {
            const auto unlocking =
                account::unlock(Passphrase::parse(buffer(vector.text("passphrase"))),
                                statement::parse_handle(vector.text("handle")));
            CHECK(base::base64_encode(unlocking.login.public_key()) == vector.text("login"));
            CHECK(base::hex_encode(unlocking.wrapping.view()) == vector.text("wrapping"));
            CHECK(base::equal(open(vector).view(), vector.bytes("secret")));
        } else if (expect == "malformed") {
            CHECK(refuses(ErrorKind::malformed,
                          [&] { return Passphrase::parse(buffer(vector.text("passphrase"))); }));
        } else {
            const auto error = refusal([&] { return open(vector); });
            REQUIRE(error);
            CHECK(base::name(error->kind()) == expect);
        }
    }
    CHECK(seen == std::set<std::string>{"forged", "malformed", "ok", "wrong_key"});
}

TEST_CASE("a sealed secret opens again, and twice sealed is never the same") {
    const auto secret = test::secret_of(3);
    const auto wrapping = crypto::random_secret<crypto::AeadKey>();
    const auto fingerprint = statement::fingerprint(account::card(secret));
    const base::Bytes sealed = account::seal_secret(secret, wrapping);
    CHECK(sealed.size() == 24 + 32 + 16);
    CHECK(account::seal_secret(secret, wrapping) != sealed);
    CHECK(base::equal(account::open_secret(sealed, wrapping, fingerprint).view(), secret.view()));
}

TEST_CASE("every flipped bit of a sealed secret is refused") {
    const auto secret = test::secret_of(3);
    const auto wrapping = crypto::random_secret<crypto::AeadKey>();
    const auto fingerprint = statement::fingerprint(account::card(secret));
    base::Bytes sealed = account::seal_secret(secret, wrapping);
    for (std::size_t bit = 0; bit < sealed.size() * 8; ++bit) {
        CAPTURE(bit);
        sealed[bit / 8] ^= static_cast<std::uint8_t>(1U << bit % 8);
        CHECK(refuses(ErrorKind::wrong_key,
                      [&] { return account::open_secret(sealed, wrapping, fingerprint); }));
        sealed[bit / 8] ^= static_cast<std::uint8_t>(1U << bit % 8);
    }
}

TEST_CASE("generated passphrases are seven words of the list, and differ") {
    std::set<std::string> seen;
    for (int i = 0; i < 1000; ++i) {
        const Passphrase passphrase = Passphrase::generate();
        CHECK(base::parse_words(passphrase.text().text(), 7, "passphrase").size() == 7);
        CHECK(seen.emplace(passphrase.text().text()).second);
    }
}

TEST_CASE("white space around a passphrase is taken off, as a file's line end") {
    const Passphrase passphrase = Passphrase::generate();
    const std::string text(passphrase.text().text());
    CHECK(Passphrase::parse(buffer("\t " + text + " \r\n")).text().text() == text);
    CHECK(refuses(ErrorKind::malformed,
                  [&] { return Passphrase::parse(buffer(text + std::string(1024, '\n'))); }));
}

TEST_CASE("a passphrase that is refused is not quoted") {
    const auto error =
        refusal([] { return Passphrase::parse(buffer("geheim zoo zoo zoo zoo zoo zoo")); });
    REQUIRE(error);
    CHECK(std::string(error->what()).find("geheim") == std::string::npos);
}
