#include "fixture.hpp"
#include "support/refusal.hpp"

#include <api/wire.hpp>
#include <doctest/doctest.h>

using namespace kluis;
using base::ErrorKind;
using base::Json;

TEST_CASE("a challenge comes back from its JSON") {
    const auto challenge = crypto::random_value<statement::Challenge>();
    CHECK(api::parse_challenge(api::challenge_json(challenge)) == challenge);
}

TEST_CASE("a place in a query is a plain number, and none means the first") {
    CHECK(api::parse_place("") == 0);
    CHECK(api::parse_place("17") == 17);
    for (const char* text : {"017", "00", "-1", "+1", "1 ", "x", "99999999999999999999"}) {
        INFO(text);
        CHECK_FALSE(api::parse_place(text));
    }
}

TEST_CASE("an invitation that lets invite beyond the limit is refused") {
    CHECK(test::refuses(ErrorKind::malformed, [] {
        return api::parse_invite(
            api::to_json(api::InviteRequest{api::InvitationCode(), api::kInviteLimit + 1}));
    }));
}

TEST_CASE("an invitation code in another spelling is refused") {
    const std::string text = api::invitation_text(crypto::random_secret<api::InvitationCode>());
    CHECK(test::refuses(ErrorKind::malformed,
                        [&] { return api::invitation_from_text(text.substr(1)); }));
    CHECK(
        test::refuses(ErrorKind::malformed, [&] { return api::invitation_from_text(text + "="); }));
}

TEST_CASE("a session token is found in its header, in the one spelling") {
    const auto token = crypto::random_secret<api::SessionToken>();
    const std::string text = api::bearer_text(token);
    const auto parsed = api::parse_bearer(text);
    REQUIRE(parsed);
    CHECK(base::equal(parsed->view(), token.view()));
    CHECK_FALSE(api::parse_bearer(text.substr(7)));
    CHECK_FALSE(api::parse_bearer("bearer" + text.substr(6)));
    CHECK_FALSE(api::parse_bearer(text + "a"));
    CHECK_FALSE(api::parse_bearer(""));
}

TEST_CASE("a revision's tag is its number in quotes and nothing else") {
    CHECK(api::revision_tag(0) == "\"0\"");
    CHECK(api::parse_revision_tag("\"17\"") == 17);
    for (const char* tag : {"", "\"", "\"\"", "17", "\"017\"", "\"+1\"", "\"1\" ", "W/\"1\"", "*",
                            "\"99999999999999999999999\""}) {
        INFO(tag);
        CHECK_FALSE(api::parse_revision_tag(tag));
    }
}

TEST_CASE("a range is taken from its header, and any other form is as if there were none") {
    const auto range = [](std::string_view text) { return api::parse_range(text); };
    CHECK(range("bytes=0-0")->count == 1);
    CHECK(range("bytes=5-9")->first == 5);
    CHECK(range("bytes=5-9")->count == 5);
    CHECK(range("bytes=5-")->count == api::kToTheEnd);
    CHECK(range("bytes=0-18446744073709551615")->count == api::kToTheEnd);
    for (const char* text : {"", "bytes", "bytes=", "bytes=-5", "bytes=9-5", "bytes=0-1,3-4",
                             "bytes= 0-1", "items=0-1", "bytes=a-b", "bytes=007-9", "bytes=7-09",
                             "bytes=00-", "bytes=0-1 ", "bytes=18446744073709551616-"}) {
        INFO(text);
        CHECK_FALSE(range(text));
    }
    for (const api::ByteRange wanted : {api::ByteRange{0, 1}, api::ByteRange{7, 100}}) {
        const auto back = range(api::range_text(wanted));
        REQUIRE(back);
        CHECK(back->first == wanted.first);
        CHECK(back->count == wanted.count);
    }
    CHECK(api::range_text({7, api::kToTheEnd}) == "bytes=7-");
}

TEST_CASE("If-None-Match names a tag alone, in a list, weakly, or all") {
    const std::string tag = "\"abc\"";
    for (const char* header : {"\"abc\"", "\"x\", \"abc\"", "W/\"abc\"", "*", "\"x\",\t\"abc\" "}) {
        CHECK(api::none_match_names(header, tag));
    }
    for (const char* header : {"", "\"abd\"", "abc", "\"abc", ","}) {
        CHECK_FALSE(api::none_match_names(header, tag));
    }
}
