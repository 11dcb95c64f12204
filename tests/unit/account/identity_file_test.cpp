#include "secrets.hpp"

#include <kluis/age/open/identity_file.hpp>
#include <kluis/age/open/x25519_identity.hpp>

#include <doctest/doctest.h>

using namespace kluis;
using test::buffer;

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
