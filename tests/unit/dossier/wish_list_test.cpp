#include "fixture.hpp"

#include <kluis/dossier/wish_list.hpp>

#include <doctest/doctest.h>

using namespace kluis::dossier;
using kluis::base::ErrorKind;
using kluis::test::refuses;

namespace {

WishList wishes_of(const std::vector<Entry>& entries, const Profile* profile,
                   const std::set<std::string>& leave_out = {}) {
    return wish_list(coverage(entries, netherlands(), profile, kToday), netherlands(), profile,
                     kToday, leave_out);
}

const Wish* wish(const WishList& list, std::string_view criterion) {
    const auto found = std::ranges::find(list.wishes, criterion, &Wish::criterion);
    return found != list.wishes.end() ? &*found : nullptr;
}

std::string with(const std::string& wishes) {
    return R"({"format":0,"jurisdiction":"nl-commissie-2025","made":"2026-11-23","wishes":[)" +
           wishes + "]}\n";
}

}  // namespace

TEST_CASE("an empty dossier wishes for everything, the necessary first, with kinds that help") {
    const WishList list = wishes_of({}, nullptr);
    REQUIRE(list.wishes.size() == 12);
    CHECK(list.wishes[0].criterion == "identity-effort");
    CHECK(list.wishes[0].necessary);
    CHECK(list.wishes[0].kinds == Codes{"identity-paper", "embassy-correspondence",
                                        "mediation-request", "earlier-decision"});
    CHECK_FALSE(list.wishes[2].necessary);
}

TEST_CASE("gaps of the stay are wished for by their years") {
    const Profile profile = profile_since(1984);
    const WishList list = wishes_of({entry(1, {"rootedness"}, years(1984, 2020))}, &profile);
    REQUIRE(wish(list, "rootedness") != nullptr);
    CHECK(wish(list, "rootedness")->years == std::vector<YearRange>{{2021, 2026}});
}

TEST_CASE("what has evidence and no gaps is not wished for") {
    CHECK(wish(wishes_of({entry(1, {"old-age"})}, nullptr), "old-age") == nullptr);
}

TEST_CASE("old age is wished for only where somebody may be old") {
    Profile profile = profile_since(2006);
    profile.subjects = {{"applicant", "N.", 2006}};
    CHECK(wish(wishes_of({}, &profile), "old-age") == nullptr);
    profile.subjects.push_back({"parent", "", 1966});
    CHECK(wish(wishes_of({}, &profile), "old-age") != nullptr);
    profile.subjects = {{"applicant", "N.", 2006}, {"parent", "", {}}};
    CHECK(wish(wishes_of({}, &profile), "old-age") != nullptr);
}

TEST_CASE("an owner leaves out what a depositor need not know") {
    const WishList list = wishes_of({}, nullptr, {"gender-related"});
    CHECK(wish(list, "gender-related") == nullptr);
    CHECK(list.wishes.size() == 11);
    CHECK(kluis::base::to_string(encode(list)).find("gender") == std::string::npos);
}

TEST_CASE("a wish list comes back from its file byte for byte") {
    const Profile profile = profile_since(1984);
    const WishList list = wishes_of({entry(1, {"rootedness"}, years(1990, 1991))}, &profile);
    const auto file = encode(list);
    CHECK(parse_wish_list(file) == list);
    CHECK(encode(parse_wish_list(file)) == file);
}

TEST_CASE("a wish list that is not as this program writes it is refused") {
    CHECK(parse_wish_list(bytes(with(""))).wishes.empty());
    for (const char* wishes :
         {R"({})", R"({"criterion":"Old age"})", R"({"criterion":"old-age","necessary":false})",
          R"({"criterion":"old-age","kinds":[]})", R"({"criterion":"old-age","kinds":["A"]})",
          R"({"criterion":"old-age","title":"x"})", R"({"criterion":"old-age","years":[]})",
          R"({"criterion":"old-age","years":[{"from":2001,"to":2000}]})",
          R"({"criterion":"old-age","years":[{"from":2001,"to":2002},{"from":2002,"to":2003}]})",
          R"({"criterion":"old-age","years":[{"from":1,"to":2}]})"}) {
        CAPTURE(wishes);
        CHECK(refuses(ErrorKind::malformed, [&] { return parse_wish_list(bytes(with(wishes))); }));
    }
    CHECK(refuses(ErrorKind::malformed, [] { return parse_wish_list(bytes(with("") + "\n")); }));
    CHECK(refuses(ErrorKind::malformed, [] { return parse_wish_list({}); }));
    CHECK(refuses(ErrorKind::limit,
                  [] { return parse_wish_list(bytes(std::string(kWishListLimit + 1, '\n'))); }));
    std::string other = with("");
    other.replace(other.find('0'), 1, "1");
    const auto error = kluis::test::refusal([&] { return parse_wish_list(bytes(other)); });
    REQUIRE(error);
    CHECK(error->code() == "other-format");
}

TEST_CASE("more wishes, kinds or years than the format has are refused") {
    std::string many = R"({"criterion":"old-age"})";
    for (int i = 0; i < 64; ++i)
        many += R"(,{"criterion":"old-age"})";
    CHECK(refuses(ErrorKind::limit, [&] { return parse_wish_list(bytes(with(many))); }));
    WishList list = wishes_of({}, nullptr);
    list.wishes[0].kinds.resize(65, "other");
    CHECK(refuses(ErrorKind::limit, [&] { return encode(list); }));
}

TEST_CASE("a wish list reads as plain Dutch and English") {
    WishList list;
    list.jurisdiction = "nl-commissie-2025";
    list.made = kToday;
    list.wishes = {{"last-resort", true, {"earlier-decision"}, {}},
                   {"rootedness", false, {"housing", "photograph"}, {{1996, 2009}, {2026, 2026}}}};
    CHECK(text(list, "nl") ==
          "Wensenlijst voor: Commissie Menselijke Maat en Maatschappelijk Belang\n"
          "Gemaakt op 2026-11-23.\n"
          "\n"
          "Deze papieren ontbreken nog. Hebt u er een, of kunt u er een opvragen? Voeg het dan "
          "toe.\n"
          "\n"
          "Dit is verplicht:\n"
          "- Geen andere reële mogelijkheid tot een verblijfsvergunning\n"
          "  Bijvoorbeeld: Eerdere beslissing of uitspraak.\n"
          "  Jaren: alle jaren zijn goed.\n"
          "\n"
          "Dit kan helpen:\n"
          "- Diepe worteling in de Nederlandse samenleving\n"
          "  Bijvoorbeeld: Woning of inschrijving; Foto.\n"
          "  Jaren: 1996-2009, 2026.\n");
    CHECK(text(list, "en").find("- Deep roots in Dutch society\n") != std::string::npos);
    CHECK(text(list, "fr") == text(list, "en"));
}

TEST_CASE("codes that this program does not know are shown as they are") {
    WishList list{"xx-other", kToday, {{"star-sign", false, {"horoscope"}, {}}}};
    const std::string shown = text(list, "nl");
    CHECK(shown.find("xx-other") != std::string::npos);
    CHECK(shown.find("- star-sign\n") != std::string::npos);
    CHECK(shown.find("horoscope") != std::string::npos);
}

TEST_CASE("nothing missing reads as such") {
    const WishList list{"nl-commissie-2025", kToday, {}};
    CHECK(text(list, "nl").ends_with("\nEr ontbreekt niets.\n"));
}
