#include "fixture.hpp"
#include "support/vectors.hpp"

#include <kluis/dossier/sealing_check.hpp>
#include <kluis/dossier/timeline.hpp>
#include <kluis/dossier/wish_list.hpp>

#include <doctest/doctest.h>

using namespace kluis::dossier;
using kluis::base::Json;

namespace {

// A dossier of tests/vectors/dossier.
struct Story {
    explicit Story(const kluis::test::Vector& vector)
        : jurisdiction(kluis::dossier::jurisdiction(vector.text("jurisdiction"))),
          today(kluis::base::parse_date(vector.text("today"), "today")) {
        const auto& members = vector.json.object("vector");
        for (const Json& item : members.at("entries").array("entries"))
            entries.push_back(parse_entry(item));
        if (members.contains("profile")) {
            const std::string text =
                canonical_json(members.at("profile"), kluis::base::JsonText::utf8) + "\n";
            profile = parse_profile(kluis::base::as_bytes(text));
        }
    }

    static Entry parse_entry(const Json& json) {
        kluis::base::JsonMembers members(json, "entry");
        Entry entry;
        entry.id = kluis::statement::parse_id<DocumentId>(members.string("document"));
        entry.metadata = parse_metadata(members.required("metadata"));
        entry.erased = members.optional("erased") != nullptr;
        if (const Json* of = members.optional("of")) {
            entry.of = kluis::statement::parse_id<DocumentId>(of->string("of"));
        }
        members.finish();
        return entry;
    }

    const Profile* profile_or_null() const { return profile ? &*profile : nullptr; }

    std::vector<Entry> entries;
    std::optional<Profile> profile;
    const Jurisdiction& jurisdiction;
    kluis::base::Date today;
};

std::string text_of(const Json& json) {
    return canonical_json(json, kluis::base::JsonText::utf8);
}

}  // namespace

TEST_CASE("each story gives the coverage, timeline, wishes and warnings that the rules ask for") {
    const auto vectors = kluis::test::vectors("dossier");
    CHECK(vectors.size() == 6);
    for (const auto& vector : vectors) {
        CAPTURE(vector.name);
        const Story story(vector);
        const auto& expected = vector.json.object("vector");
        const Profile* profile = story.profile_or_null();
        const Coverage covered = coverage(story.entries, story.jurisdiction, profile, story.today);
        CHECK(text_of(to_json(covered)) == text_of(expected.at("coverage")));
        CHECK(text_of(to_json(timeline(story.entries, profile, story.today))) ==
              text_of(expected.at("timeline")));
        CHECK(text_of(to_json(wish_list(covered, story.jurisdiction, profile, story.today))) ==
              text_of(expected.at("wishes")));
        Codes warned;
        for (const Json& code : expected.at("warnings").array("warnings"))
            warned.push_back(code.string("code"));
        CHECK(codes(check_sealing(story.entries, story.jurisdiction, profile, story.today)) ==
              warned);
    }
}

TEST_CASE("every warning of every story is one whole sentence in Dutch and in English") {
    for (const auto& vector : kluis::test::vectors("dossier")) {
        const Story story(vector);
        for (const Warning& warning : check_sealing(story.entries, story.jurisdiction,
                                                    story.profile_or_null(), story.today)) {
            for (const char* language : {"nl", "en"}) {
                const std::string text = sentence(warning, language);
                CAPTURE(text);
                CHECK(text.ends_with('.'));
                CHECK(text.find_first_of("{}") == std::string::npos);
            }
            CHECK(sentence(warning, "nl") != sentence(warning, "en"));
            CHECK(to_json(warning).object("warning").at("code") == Json(warning.code));
        }
    }
}

TEST_CASE("a wish list tells no title, id, name or issuer of a document that exists") {
    for (const auto& vector : kluis::test::vectors("dossier")) {
        const Story story(vector);
        const auto covered =
            coverage(story.entries, story.jurisdiction, story.profile_or_null(), story.today);
        const WishList list =
            wish_list(covered, story.jurisdiction, story.profile_or_null(), story.today);
        const std::string all =
            kluis::base::to_string(encode(list)) + text(list, "nl") + text(list, "en");
        for (const Entry& entry : story.entries) {
            CHECK(all.find(kluis::statement::to_text(entry.id)) == std::string::npos);
            CHECK(all.find(entry.metadata.name) == std::string::npos);
            CHECK(all.find("\"" + entry.metadata.title + "\"") == std::string::npos);
        }
    }
}
