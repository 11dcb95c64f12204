// What a reader refuses of a manifest that an owner has sealed: whoever writes it, it says no more
// and no less than the format allows.
#include "made_bundle.hpp"

#include <doctest/doctest.h>

using namespace kluis;
using test::MadeBundle;

namespace {

std::string text_of(const bundle::ManifestHead& head) {
    return bundle::encode(head) + "\n";
}

std::string text_of(const bundle::ManifestDocument& line) {
    return bundle::encode(line) + "\n";
}

std::string exchanged(std::string text, std::string_view from, std::string_view to) {
    const auto place = text.find(from);
    REQUIRE(place != std::string::npos);
    return text.replace(place, from.size(), to);
}

}  // namespace

TEST_CASE("a true bundle is accepted by each of its readers, with all that it says") {
    MadeBundle made;
    CHECK(made.told_to(made.member) == "");
    CHECK(made.told_to(made.second) == "");
    const auto opened = made.opened();
    CHECK(opened.verification.documents == 2);
    CHECK(opened.head.dossier == made.dossier);
    REQUIRE(opened.documents.size() == 2);
    CHECK(opened.documents[0].first.document == made.letter.promise.id);
    CHECK(opened.documents[1].second.title == "A report, described by the owner");
}

TEST_CASE("one who is no reader is told so") {
    MadeBundle made;
    CHECK(made.told_to(made.outsider) == "wrong_key: none of the identities opens this file");
}

TEST_CASE("a head whose statements are out of order, or do not begin at 0, is refused") {
    const std::string why = "malformed: the statements of the manifest's head are not in order";
    MadeBundle made;
    SUBCASE("the other way round") {
        std::swap(made.head.statements[0], made.head.statements[1]);
    }
    SUBCASE("one place twice") {
        made.head.statements[1].place = 0;
    }
    SUBCASE("dossier.create in another place") {
        made.head.statements = {made.placed(0)};
        made.head.statements[0].place = 1;
    }
    CHECK(made.told_to(made.member) == why);
}

TEST_CASE("a head that tells of a depositor without a document in the bundle is refused") {
    MadeBundle made;
    const std::string why = "forged: the manifest tells of a depositor who has no document in it";
    SUBCASE("of a permission") {
        made.head.statements.push_back(made.placed(2));
    }
    SUBCASE("of its end") {
        made.say(made.owner, statement::DepositorRemove{made.bystander.fingerprint()});
        made.head.statements.push_back(made.placed(2));
        made.head.statements.push_back(made.placed(made.chain.size() - 1));
    }
    CHECK(made.told_to(made.member) == why);
}

TEST_CASE("a depositor's removal after the deposit belongs in the head") {
    MadeBundle made;
    const auto place = made.say(made.owner, statement::DepositorRemove{made.helper.fingerprint()});
    made.head.statements.push_back(made.placed(place));
    CHECK(made.told_to(made.member) == "");
}

TEST_CASE("a deposit without the permission that it needs is refused") {
    MadeBundle made;
    made.head.statements.pop_back();
    CHECK(made.told_to(made.member).starts_with("forged: a statement does not hold: "));
}

TEST_CASE("statements of consecutive places that are not linked are refused") {
    MadeBundle made;
    SUBCASE("a place that closes the gap where a statement was left out") {
        made.lines[0].deposit.place = 2;
    }
    SUBCASE("two deposits with one left out between them") {
        made.include(made.other, "data/x.txt", made.placed(made.other_place));
        made.act.documents = made.info.documents = 3;
        made.lines[1].deposit.place = made.letter_place;
        made.lines[0].deposit.place = made.letter_place - 1;
        made.lines[1].deposit = made.lines[0].deposit;
        made.lines[1].deposit.place = made.letter_place;
    }
    CHECK(made.told_to(made.member) ==
          "forged: two statements that follow each other are not linked");
}

TEST_CASE("two statements in one place are refused") {
    MadeBundle made;
    made.lines[1].deposit.place = made.letter_place;
    CHECK(made.told_to(made.member) == "malformed: two statements of the manifest have one place");
}

TEST_CASE("statements out of the order of their links are refused") {
    MadeBundle made;
    made.lines[0].deposit.place = 100;
    CHECK(made.told_to(made.member).starts_with("forged: "));
}

TEST_CASE("a head with a statement of another kind is refused") {
    MadeBundle made;
    made.head.statements.push_back(made.placed(made.other_place));
    CHECK(made.told_to(made.member) ==
          "malformed: the manifest's head has a statement that does not belong there");
}

TEST_CASE("cards in excess or missing are refused") {
    const std::string why = "forged: the manifest's cards are not those of its people";
    MadeBundle made;
    SUBCASE("a bystander's") {
        made.head.cards.emplace(made.bystander.fingerprint(), made.bystander.card());
    }
    SUBCASE("without the owner's") {
        made.head.cards.erase(made.owner.fingerprint());
    }
    SUBCASE("without the depositor's") {
        made.head.cards.erase(made.helper.fingerprint());
    }
    SUBCASE("without a recipient's") {
        made.head.cards.erase(made.second.fingerprint());
    }
    CHECK(made.told_to(made.member) == why);
}

TEST_CASE("a document whose statements are not its own is refused") {
    MadeBundle made;
    std::string exhibit = "1";
    SUBCASE("another document's deposit") {
        std::swap(made.lines[0].deposit, made.lines[1].deposit);
        made.lines[1].description.reset();
    }
    SUBCASE("no deposit of it at all") {
        made.lines[0].deposit = made.placed(made.other_place);
    }
    SUBCASE("without its last description") {
        made.lines[1].description.reset();
        exhibit = "";
    }
    if (exhibit.empty()) {
        // That a later description was left out nobody can see from the statements: the metadata
        // does not fit.
        CHECK(made.told_to(made.member) ==
              "forged: exhibit 2: a document's description is not what was signed");
    } else {
        CHECK(made.told_to(made.member) ==
              "forged: the statements of exhibit 1 are not about its document");
    }
}

TEST_CASE("exhibits that do not ascend and documents that are there twice are refused") {
    MadeBundle made;
    std::string why = "malformed: the manifest's exhibits do not ascend";
    SUBCASE("one number twice") {
        made.lines[1].exhibit = 1;
    }
    SUBCASE("downwards") {
        made.lines[0].exhibit = 3;
    }
    SUBCASE("one document twice") {
        made.lines[1].document = made.lines[0].document;
        why = "malformed: the manifest has a document twice";
    }
    CHECK(made.told_to(made.member) == why);
}

TEST_CASE("gaps between exhibits are accepted") {
    MadeBundle made;
    made.lines[0].exhibit = 7;
    made.lines[1].exhibit = 9000;
    CHECK(made.told_to(made.member) == "");
}

TEST_CASE("paths that collide are refused") {
    MadeBundle made;
    std::string why = "malformed: two documents of the manifest have one path";
    SUBCASE("one path twice") {
        made.lines[1].path = made.lines[0].path;
    }
    SUBCASE("a file where another has its folder") {
        made.lines[0].path = "data/a";
        made.lines[1].path = "data/a/b";
        why = "malformed: the path of one document is the folder of another";
    }
    SUBCASE("and the other way round") {
        made.lines[0].path = "data/a/b/c";
        made.lines[1].path = "data/a";
        why = "malformed: the path of one document is the folder of another";
    }
    CHECK(made.told_to(made.member) == why);
}

TEST_CASE("a path where opening writes a file of its own is refused") {
    for (const char* path : {"data/dossier.json", "data/verification.json", "data/dossier.json/x",
                             "data/verification.json/x/y"}) {
        CAPTURE(path);
        MadeBundle made;
        made.lines[0].path = path;
        CHECK(made.told_to(made.member) ==
              "malformed: a document of the manifest has another form");
    }
    for (const char* path : {"data/dossier.json.txt", "data/documents/dossier.json"}) {
        CAPTURE(path);
        MadeBundle made;
        made.lines[0].path = path;
        CHECK(made.told_to(made.member) == "");
    }
}

TEST_CASE("a profile that is not in the bundle, or that is none, is refused") {
    MadeBundle made;
    std::string why;
    SUBCASE("of a document that was not sealed") {
        made.head.profile = made.other.promise.id;
        why = "malformed: the manifest's profile is not one of its documents";
    }
    SUBCASE("of a letter") {
        made.head.profile = made.letter.promise.id;
        why = "forged: exhibit 1: it is called the profile, and is none";
    }
    CHECK(made.told_to(made.member) == why);
}

TEST_CASE("a profile that is one is accepted") {
    MadeBundle made;
    auto profile = test::seal_document(base::as_bytes("{}"), "Profile");
    profile.described.kind = "profile";
    auto described = document::seal_metadata(profile.key, profile.described);
    profile.promise.payloads[statement::Role::metadata] = described.payload;
    profile.metadata = std::move(described.stored);
    const auto place = made.deposit(made.owner, profile);
    made.include(profile, "data/documents/003.txt", made.placed(place));
    made.act.documents = made.info.documents = 3;
    made.head.profile = profile.promise.id;
    CHECK(made.told_to(made.member) == "");
}

TEST_CASE("a label that its manifest does not keep to is refused") {
    const std::string why = "forged: the bundle's label and its manifest do not agree";
    MadeBundle made;
    SUBCASE("more documents") {
        made.info.documents = 1;
    }
    SUBCASE("fewer documents") {
        made.info.documents = 3;
    }
    SUBCASE("another bundle") {
        made.info.bundle = test::value_of<statement::BundleId>("another");
    }
    CHECK(made.told_to(made.member) == why);
}

TEST_CASE("no more lines are read than the label has documents") {
    MadeBundle made;
    made.info.documents = 1;
    made.manifest = text_of(made.head) + text_of(made.lines[0]) + "this is no line\n";
    CHECK(made.told_to(made.member) == "forged: the bundle's label and its manifest do not agree");
}

TEST_CASE("a manifest of another form is refused") {
    MadeBundle made;
    const auto head = text_of(made.head);
    const auto lines = text_of(made.lines[0]) + text_of(made.lines[1]);
    std::string why;
    SUBCASE("empty") {
        made.manifest = "";
        why = "malformed: the manifest is empty";
    }
    SUBCASE("without its last line end") {
        made.manifest = (head + lines).substr(0, head.size() + lines.size() - 1);
        why = "malformed: the last line of the manifest has no end";
    }
    SUBCASE("an empty line") {
        made.manifest = head + "\n" + lines;
        why = "malformed: a document of the manifest is not valid JSON near byte 1";
    }
    SUBCASE("a head that is too long") {
        made.manifest = exchanged(head, R"("letter":"")",
                                  R"("letter":")" + std::string(8 * 1024 * 1024, 'x') + '"') +
                        lines;
        why = "malformed: the manifest has a line that is too long";
    }
    SUBCASE("a document's line that is too long") {
        made.lines[0].paper = std::string(16 * 1024, 'x');
        made.manifest = head + text_of(made.lines[0]) + text_of(made.lines[1]);
        made.lines[0].paper.clear();
        why = "malformed: the manifest has a line that is too long";
    }
    CHECK(made.told_to(made.member) == why);
}

TEST_CASE("what would be too long for a reader is not sealed") {
    MadeBundle made;
    SUBCASE("a letter") {
        made.head.letter = std::string(bundle::kManifestHeadLimit, 'x');
    }
    SUBCASE("the place of a paper original") {
        made.lines[0].paper = std::string(bundle::kManifestDocumentLimit, 'x');
    }
    CHECK(test::refuses(base::ErrorKind::limit, [&] { return made.tar(); }));
}

TEST_CASE("the longest letter and place of a paper original that are sealed can be read") {
    MadeBundle made;
    made.head.letter =
        std::string(bundle::kManifestHeadLimit - bundle::encode(made.head).size(), 'x');
    made.lines[1].paper = "y";
    made.lines[1].paper =
        std::string(bundle::kManifestDocumentLimit - bundle::encode(made.lines[1]).size() + 1, 'y');
    CHECK(made.told_to(made.member) == "");
}

TEST_CASE("a seal of something else is refused") {
    const std::string why = "forged: the seal is not the one of this manifest";
    MadeBundle made;
    SUBCASE("of another bundle") {
        made.act.bundle = test::value_of<statement::BundleId>("another");
    }
    SUBCASE("of another number of documents") {
        made.act.documents = 3;
    }
    SUBCASE("of another card set") {
        made.act.set = 4;
    }
    SUBCASE("of another manifest") {
        made.alter = [&](bundle::SealedMembers& members) {
            // The same text, encrypted once more.
            const std::array keys{made.member.card().recipient};
            members.manifest =
                bundle::seal_members(made.case_key, keys, made.head, made.lines).manifest;
        };
    }
    SUBCASE("a statement that is no seal") {
        const base::Json line{{"envelope", statement::to_json(made.chain.front().envelope)}};
        made.seal_line = base::to_bytes(base::canonical_json(line, base::JsonText::ascii) + "\n");
    }
    CHECK(made.told_to(made.member) == why);
}

TEST_CASE("a seal by somebody else than the owner is refused") {
    MadeBundle made;
    SUBCASE("by a depositor") {
        made.sealer = &made.helper;
    }
    SUBCASE("by a recipient") {
        made.sealer = &made.member;
    }
    CHECK(made.told_to(made.member).starts_with("forged: a statement does not hold: "));
}

TEST_CASE("a seal of another form is refused") {
    MadeBundle made;
    std::string why;
    SUBCASE("empty") {
        made.seal_line = base::Bytes();
        why = "malformed: the seal is empty";
    }
    SUBCASE("without a line end") {
        made.seal_line = base::to_bytes("{}");
        why = "malformed: the last line of the seal has no end";
    }
    SUBCASE("with a second line") {
        const base::Json line{{"envelope", statement::to_json(made.chain.front().envelope)}};
        made.seal_line = base::to_bytes(base::canonical_json(line, base::JsonText::ascii) + "\n\n");
        why = "malformed: the seal has more than one line";
    }
    SUBCASE("with another member") {
        const base::Json line{{"envelope", statement::to_json(made.chain.front().envelope)},
                              {"proof", "x"}};
        made.seal_line = base::to_bytes(base::canonical_json(line, base::JsonText::ascii) + "\n");
        why = "malformed: the seal has a member that does not belong there";
    }
    CHECK(made.told_to(made.member) == why);
}
