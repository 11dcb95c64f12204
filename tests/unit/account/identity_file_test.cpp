#include "secrets.hpp"

#include <kluis/age/open/identity_file.hpp>
#include <kluis/age/open/x25519_identity.hpp>

#include <doctest/doctest.h>

using namespace kluis;
using test::buffer;

TEST_CASE("an identity file has an account only if a line of it begins so") {
    CHECK(account::has_account(account::identity_file(test::secret_of(0))));
    CHECK(account::has_account(buffer("x\n# kluis-account: anything\n")));
    CHECK(account::has_account(buffer("\n\n# kluis-account: ")));
    CHECK_FALSE(account::has_account(buffer("")));
    CHECK_FALSE(account::has_account(buffer("# kluis-account")));
    CHECK_FALSE(account::has_account(buffer("#kluis-account: near\n")));
    CHECK_FALSE(account::has_account(buffer(" # kluis-account: indented\n")));
    CHECK_FALSE(account::has_account(buffer("AGE-SECRET-KEY-1# kluis-account: \n")));
}

TEST_CASE("age's own parser finds the card's key in an identity file") {
    const auto secret = test::secret_of(7);
    const crypto::SecretBuffer text = account::identity_file(secret);
    const age::IdentityFile file = age::parse_identity_file(text);
    REQUIRE(file.identities.size() == 1);
    CHECK(file.identities.front().recipient().key() == account::card(secret).recipient);
    REQUIRE(file.comments.size() == 2);
    CHECK(file.comments.back() ==
          "# public key: " + statement::recipient_text(account::card(secret)));
}
