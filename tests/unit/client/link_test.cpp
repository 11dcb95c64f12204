#include "support/refusal.hpp"

#include <client/link.hpp>
#include <doctest/doctest.h>

using namespace kluis;
using client::LinkKind;

TEST_CASE("a link comes back as it was written") {
    for (const auto kind : {LinkKind::card, LinkKind::dossier, LinkKind::invite}) {
        const client::Link link{kind, "https://vault.example:8443", "abc234"};
        const auto parsed = client::parse_link(client::to_string(link));
        REQUIRE(parsed);
        CHECK(parsed->kind == kind);
        CHECK(parsed->origin == link.origin);
        CHECK(parsed->value == link.value);
    }
}

TEST_CASE("what a link says lies in its fragment alone") {
    CHECK(client::to_string({LinkKind::card, "https://vault.example", "abc"}) ==
          "https://vault.example/#card=abc");
}

TEST_CASE("text that is no link is no error") {
    CHECK_FALSE(client::parse_link("my dossier"));
    CHECK_FALSE(client::parse_link(""));
    CHECK_FALSE(client::parse_link("ftp://vault.example/#card=abc"));
}

TEST_CASE("a link of another form is refused") {
    for (const char* text :
         {"https://vault.example/#other=abc", "https://vault.example/card=abc",
          "https://vault.example/path/#card=abc", "https://vault.example#card=abc",
          "https://vault.example/?x=1#card=abc", "https:///#card=abc",
          "https://user@vault.example/#card=abc", "https://vault.example/#card"}) {
        CAPTURE(text);
        CHECK(test::refuses(base::ErrorKind::malformed, [&] { return client::parse_link(text); }));
    }
}
