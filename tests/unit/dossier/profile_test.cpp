#include "fixture.hpp"

#include <doctest/doctest.h>

using namespace kluis::dossier;
using kluis::base::ErrorKind;
using kluis::test::refuses;

namespace {

constexpr std::string_view kLeast = R"({"format":0,"subjects":[]})";

bool malformed(std::string_view text) {
    return refuses(ErrorKind::malformed, [&] { return read_profile(bytes(text)); });
}

}  // namespace

TEST_CASE("a family's profile comes back from its file byte for byte") {
    Profile profile;
    profile.subjects = {{"parent", "vader", 1983}, {"child", "M.", 2009}, {"child", "", {}}};
    profile.since = 2012;
    profile.city = "Utrecht";
    profile.languages = {"ar", "nl"};
    profile.procedures = {{"asiel", "afgewezen", 2013}, {"bemiddeling", "", {}}};
    profile.representative = {"mr. A.", "", "post@voorbeeld.invalid"};
    const auto file = encode(profile);
    CHECK(file.back() == '\n');
    CHECK(parse_profile(file) == profile);
    CHECK(encode(parse_profile(file)) == file);
}

TEST_CASE("a profile by hand may have white space, another order and no format") {
    const Profile profile = read_profile(bytes(R"({
        "subjects": [{"role": "applicant", "name": "J.", "born": 1951}],
        "since": 1984, "city": "Amsterdam"
    })"));
    CHECK(profile == profile_since(1984));
    CHECK(parse_profile(encode(profile)) == profile);
}

TEST_CASE("a stored profile is refused unless it is the one spelling") {
    const std::string least(kLeast);
    CHECK(parse_profile(bytes(least + "\n")) == Profile());
    for (const std::string& text :
         {least, least + "\n\n", " " + least + "\n", least + " \n",
          std::string("{\"subjects\":[]}\n"), std::string("\n"), std::string()}) {
        CAPTURE(text);
        CHECK(refuses(ErrorKind::malformed, [&] { return parse_profile(bytes(text)); }));
    }
}

TEST_CASE("a profile of another format is refused by that name") {
    const auto error = kluis::test::refusal(
        [] { return parse_profile(bytes("{\"format\":1,\"subjects\":[]}\n")); });
    REQUIRE(error);
    CHECK(error->code() == "other-format");
    CHECK(kluis::test::refusal([] {
              return read_profile(bytes(R"({"format":1,"subjects":[]})"));
          })->code() == "other-format");
}

TEST_CASE("a profile with a member that is missing, unknown, empty or of another type is refused") {
    CHECK(malformed(R"({"since":1984})"));
    CHECK(malformed(R"({"subjects":[],"age":75})"));
    CHECK(malformed(R"({"subjects":[{"name":"J."}]})"));
    CHECK(malformed(R"({"subjects":[{"role":""}]})"));
    CHECK(malformed(R"({"subjects":[{"role":"a","born":"1951"}]})"));
    CHECK(malformed(R"({"subjects":[{"role":"a","born":1849}]})"));
    CHECK(malformed(R"({"subjects":[{"role":"a","born":10000}]})"));
    CHECK(malformed(R"({"subjects":[{"role":"a\nb"}]})"));
    CHECK(malformed(R"({"subjects":[],"city":""})"));
    CHECK(malformed(R"({"subjects":[],"languages":[]})"));
    CHECK(malformed(R"({"subjects":[],"languages":[""]})"));
    CHECK(malformed(R"({"subjects":[],"procedures":[]})"));
    CHECK(malformed(R"({"subjects":[],"procedures":[{"year":2019}]})"));
    CHECK(malformed(R"({"subjects":[],"representative":{}})"));
    CHECK(malformed(R"({"subjects":[],"representative":{"phone":"1"}})"));
    CHECK(malformed(R"([])"));
}

TEST_CASE("a profile beyond its bounds is refused, reading and writing") {
    Profile profile = profile_since(1984);
    SUBCASE("too many subjects") {
        profile.subjects.resize(kSubjectsLimit + 1, {"child", "", {}});
    }
    SUBCASE("too many languages") {
        profile.languages.resize(kLanguagesLimit + 1, "nl");
    }
    SUBCASE("too many procedures") {
        profile.procedures.resize(kProceduresLimit + 1, {"a", "", {}});
    }
    SUBCASE("a city that is too long") {
        profile.city = std::string(301, 'a');
    }
    SUBCASE("too long in all") {
        std::string wide;
        for (int i = 0; i < 300; ++i)
            wide += "😀";
        profile.procedures.resize(kProceduresLimit, {wide, wide, {}});
    }
    CHECK(refuses(ErrorKind::limit, [&] { return encode(profile); }));
    CHECK(refuses(ErrorKind::limit,
                  [&] { return read_profile(bytes(std::string(kProfileLimit + 1, ' '))); }));
}

TEST_CASE("a whole profile in a city of the pilot has no warnings") {
    CHECK(warnings(profile_since(1984), netherlands(), kToday).empty());
}

TEST_CASE("what is missing or impossible in a profile warns") {
    CHECK(codes(warnings(Profile(), netherlands(), kToday)) ==
          Codes{"no-subject", "no-since", "no-city"});
    Profile profile = profile_since(2027);
    profile.subjects[0].born = 2027;
    profile.city = "Berlin";
    CHECK(codes(warnings(profile, netherlands(), kToday)) ==
          Codes{"born-future", "since-future", "city-outside"});
    CHECK(codes(warnings(profile, berlin(), kToday)) == Codes{"born-future", "since-future"});
}

TEST_CASE("the warning on a city names the cities of the pilot") {
    Profile profile = profile_since(1984);
    profile.city = "Katwijk";
    const auto found = warnings(profile, netherlands(), kToday);
    REQUIRE(found.size() == 1);
    CHECK(sentence(found[0], "nl") ==
          "Volgens het profiel is de verblijfplaats Katwijk. De Commissie behandelt zaken uit "
          "Amsterdam, Utrecht, Groningen, Rotterdam, Eindhoven.");
}
