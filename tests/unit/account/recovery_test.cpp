#include "secrets.hpp"
#include "support/refusal.hpp"
#include "support/vectors.hpp"

#include <doctest/doctest.h>

#include <cctype>

using namespace kluis;
using account::AccountSecret;
using base::ErrorKind;
using test::buffer;
using test::refuses;

namespace {

AccountSecret parse(const std::string& as, const std::string& text) {
    if (as == "words") return account::parse_recovery_words(buffer(text));
    if (as == "code") return account::parse_kit_code(buffer(text));
    REQUIRE(as == "file");
    return account::parse_identity_file(buffer(text));
}

void check_derivation(const test::Vector& vector, const AccountSecret& secret) {
    const account::Kit kit = account::recovery_kit(secret);
    CHECK(kit.words.text() == vector.text("words"));
    CHECK(kit.qr.text() == vector.text("code"));
    CHECK(kit.identity.text() == vector.text("identity"));
    CHECK(account::recovery_words(secret).text() == vector.text("words"));
    CHECK(account::identity_file(secret).text() == vector.text("file"));

    const statement::Card card = account::card(secret);
    CHECK(statement::recipient_text(card) == vector.text("recipient"));
    CHECK(base::base64_encode(card.signing) == vector.text("signing"));
    CHECK(statement::to_text(statement::fingerprint(card)) == vector.text("fingerprint"));
    CHECK(crypto::x25519_public(account::x25519_secret(secret)) == card.recipient);
    CHECK(account::signer(secret).public_key() == card.signing);
    CHECK(parse("code", vector.text("code")).view().size() == AccountSecret::kSize);
}

}  // namespace

TEST_CASE("words, codes and files give the secret of each vector, and all else is refused") {
    std::size_t accepted = 0;
    std::size_t refused = 0;
    for (const auto& vector : test::vectors("recovery")) {
        CAPTURE(vector.name);
        if (vector.text("expect") == "malformed") {
            CHECK(refuses(ErrorKind::malformed,
                          [&] { return parse(vector.text("as"), vector.text("text")); }));
            ++refused;
            continue;
        }
        const AccountSecret secret = AccountSecret::copy_of(vector.bytes("secret"));
        const auto& members = vector.json.object("vector");
        for (const std::string as : {"words", "code", "file"}) {
            if (!members.contains(as)) continue;
            CAPTURE(as);
            CHECK(base::equal(parse(as, vector.text(as)).view(), secret.view()));
            ++accepted;
        }
        if (members.contains("spelling")) {
            CHECK(account::recovery_words(secret).text() == vector.text("spelling"));
        }
        if (members.contains("identity")) check_derivation(vector, secret);
    }
    CHECK(accepted > 30);
    CHECK(refused > 25);
}

TEST_CASE("a word that is not in the list is named by its place, never quoted") {
    std::string words(account::recovery_words(test::secret_of(0)).text());
    words.replace(0, words.find(' '), "wachtwoord");
    const auto error = test::refusal([&] { return account::parse_recovery_words(buffer(words)); });
    REQUIRE(error);
    CHECK(std::string(error->what()).find("word 1 of") != std::string::npos);
    CHECK(std::string(error->what()).find("wachtwoord") == std::string::npos);
}

TEST_CASE("recovery words of more than a page are refused") {
    std::string words(account::recovery_words(test::secret_of(0)).text());
    words.append(4096, ' ');
    CHECK(refuses(ErrorKind::malformed,
                  [&] { return account::parse_recovery_words(buffer(words)); }));
}

TEST_CASE("an account comes back from whatever of it was kept") {
    const AccountSecret secret = test::secret_of(3);
    const account::Kit kit = account::recovery_kit(secret);
    const std::string code(kit.qr.text());
    std::string upper = code;
    for (char& letter : upper)
        letter = static_cast<char>(std::toupper(letter));
    const std::string file(account::identity_file(secret).text());
    for (const std::string& kept :
         {std::string(kit.words.text()), " " + std::string(kit.words.text()) + "\n", code, upper,
          " " + code + "\r\n", file, "# of J.\n\n" + file}) {
        CHECK(base::equal(account::parse_recovery(buffer(kept)).view(), secret.view()));
    }
}

TEST_CASE("what brings no account back is refused, and told apart from a slip of the pen") {
    const account::Kit kit = account::recovery_kit(test::secret_of(3));
    const auto refusal_of = [](const std::string& kept) {
        const auto error = test::refusal([&] { return account::parse_recovery(buffer(kept)); });
        REQUIRE(error);
        CHECK(error->kind() == ErrorKind::malformed);
        return std::string(error->what());
    };
    const std::string key(kit.identity.text());
    for (const std::string& text : {key, "# created: long ago\n" + key + "\n"}) {
        CHECK(refusal_of(text) ==
              "an age key alone opens documents, but does not bring an account back");
    }
    std::string code(kit.qr.text());
    code.back() = code.back() == 'q' ? 'p' : 'q';
    CHECK(refusal_of(code).starts_with("the code of the recovery kit is not valid bech32"));
    CHECK(refusal_of("# kluis-account: " + code + "\n" + key + "\n")
              .starts_with("the account of the identity file is not valid bech32"));
    for (const char* text : {"", "kluis-account", "kluis-accounts1qqqq", "eleven words"}) {
        CHECK(refusal_of(text).find("words") != std::string::npos);
    }
}

TEST_CASE("two secrets share no derived key") {
    const AccountSecret one = test::secret_of(0);
    const AccountSecret other = test::secret_of(1);
    CHECK(account::card(one).recipient != account::card(other).recipient);
    CHECK(account::card(one).signing != account::card(other).signing);
    CHECK(!base::equal(account::x25519_secret(one).view(), one.view()));
}
