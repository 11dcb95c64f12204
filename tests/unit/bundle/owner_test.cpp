// What can be checked without the case key: a bundle's form, and by its owner that it is of their
// dossier, as it was when it was sealed.
#include "made_bundle.hpp"

#include <doctest/doctest.h>

using namespace kluis;
using statement::Role;
using test::MadeBundle;
using test::text_of;

namespace {

std::string told_of_form(MadeBundle& made) {
    const auto path = made.file();
    return text_of(test::refusal([&] { return bundle::verify_form(path, {}); }));
}

const std::string kOther = " is not what stood in the dossier when it was sealed";

}  // namespace

TEST_CASE("a bundle's form is checked without any key, and no more is claimed") {
    MadeBundle made;
    const auto verification = bundle::verify_form(made.file(), {});
    CHECK(verification.depth == bundle::Depth::form);
    CHECK(verification.bundle == made.head.bundle);
    CHECK(verification.checked.size() == 1);
    CHECK(bundle::describe(verification).front().ends_with("verified by its form alone"));
}

TEST_CASE("two headers for one document are no bundle's form") {
    MadeBundle made;
    const auto another =
        document::seal_header(made.letter.key, crypto::x25519_public(made.case_key));
    made.documents[0].metadata_header = another;
    CHECK(told_of_form(made).ends_with(" have different headers"));
    CHECK(made.told_to_owner().ends_with(" have different headers"));
    CHECK(made.told_to(made.member) ==
          "forged: exhibit 1: two members of one document have different headers");
}

TEST_CASE("a member that is no age file is no bundle's form") {
    MadeBundle made;
    SUBCASE("readers.age") {
        made.alter = [](bundle::SealedMembers& members) { members.readers[3] ^= 1; };
    }
    SUBCASE("manifest.age") {
        made.alter = [](bundle::SealedMembers& members) { members.manifest[3] ^= 1; };
    }
    SUBCASE("case.age") {
        made.alter = [](bundle::SealedMembers& members) { members.case_age[3] ^= 1; };
    }
    CHECK(told_of_form(made).starts_with("malformed: "));
}

TEST_CASE("an owner's bundle is accepted against the dossier") {
    MadeBundle made;
    CHECK(made.told_to_owner() == "");
    const auto path = made.file();
    const auto verification = bundle::verify_as_owner(path, made.replay(), {});
    CHECK(verification.depth == bundle::Depth::owner);
    CHECK(std::ranges::any_of(verification.not_proved, [](const std::string& sentence) {
        return sentence.starts_with("that these are the documents that you chose");
    }));
}

TEST_CASE("a bundle that the owner's dossier has not sealed is refused") {
    MadeBundle made;
    const auto path = made.file();
    made.chain.pop_back();
    CHECK(text_of(test::refusal([&] {
              return bundle::verify_as_owner(path, made.replay(), {});
          })) == "forged: your dossier's chain has no seal of this bundle");
}

TEST_CASE("another manifest than the sealed one is refused by the owner") {
    MadeBundle made;
    made.alter = [](bundle::SealedMembers& members) { members.manifest.back() ^= 1; };
    CHECK(made.told_to_owner() == "forged: the manifest is not the one that you sealed");
}

TEST_CASE("another number of documents than was sealed is refused by the owner") {
    MadeBundle made;
    made.documents.pop_back();
    made.info.documents = 1;
    CHECK(made.told_to_owner() ==
          "forged: the bundle has another number of documents than you sealed");
}

TEST_CASE("a document of another dossier is refused by the owner") {
    MadeBundle made;
    const auto foreign = test::seal_document(base::as_bytes("foreign"));
    made.documents[1] = {foreign.promise.id, made.documents[1].header, foreign.content,
                         foreign.metadata,   foreign.preview,          {}};
    CHECK(made.told_to_owner() ==
          "forged: documents/" + statement::to_text(foreign.promise.id) + ".age" + kOther);
}

TEST_CASE("a preview that was deposited and is not there is refused by the owner") {
    for (const std::size_t index : {0, 1}) {
        MadeBundle made;
        made.documents[index].preview.reset();
        CHECK(made.told_to_owner() == "forged: the preview of document " +
                                          statement::to_text(made.documents[index].id) +
                                          " is not in the bundle");
    }
}

TEST_CASE("a preview that was not deposited is refused by the owner") {
    MadeBundle made;
    auto sealed = test::seal_document(base::as_bytes("without a picture"));
    sealed.promise.payloads.erase(Role::preview);
    made.include(sealed, "data/x", made.placed(made.deposit(made.owner, sealed)));
    made.act.documents = made.info.documents = 3;
    CHECK(made.told_to_owner().ends_with(".preview.age" + kOther));
}

TEST_CASE("what was altered is refused by the owner") {
    MadeBundle made;
    const auto id = statement::to_text(made.report.promise.id);
    std::string name = "documents/" + id;
    SUBCASE("content") {
        made.documents[1].content.back() ^= 1;
        name += ".age";
    }
    SUBCASE("metadata") {
        made.documents[1].metadata.back() ^= 1;
        name += ".metadata.age";
    }
    SUBCASE("preview") {
        made.documents[1].preview->back() ^= 1;
        name += ".preview.age";
    }
    CHECK(made.told_to_owner() == "forged: " + name + kOther);
}

TEST_CASE("a description from before or after the sealing is refused by the owner") {
    MadeBundle made;
    SUBCASE("an older one") {
        made.documents[1].metadata =
            document::seal_metadata(made.report.key, made.report.described).stored;
        CHECK(made.told_to_owner().ends_with(".metadata.age" + kOther));
    }
    SUBCASE("a newer one") {
        const auto newer = document::seal_metadata(made.report.key, made.report.described);
        const auto true_file = made.file();
        made.say(made.owner, statement::DocumentDescribe{made.report.promise.id, newer.payload});
        // What was sealed stays right.
        CHECK(text_of(test::refusal(
                  [&] { return bundle::verify_as_owner(true_file, made.replay(), {}); })) == "");
        made.documents[1].metadata = newer.stored;
        made.chain.resize(made.chain.size() - 2);
        const auto false_file = made.file();
        made.say(made.owner, statement::DocumentDescribe{made.report.promise.id, newer.payload});
        CHECK(text_of(test::refusal([&] {
                  return bundle::verify_as_owner(false_file, made.replay(), {});
              })).ends_with(".metadata.age" + kOther));
    }
}

TEST_CASE("a document that was erased before the sealing is refused by the owner") {
    MadeBundle made;
    made.say(made.owner, statement::DocumentErase{made.letter.promise.id});
    CHECK(made.told_to_owner().ends_with(".age" + kOther));
}

TEST_CASE("a document that was erased after the sealing was sealed all the same") {
    MadeBundle made;
    const auto path = made.file();
    made.say(made.owner, statement::DocumentErase{made.letter.promise.id});
    CHECK(text_of(test::refusal(
              [&] { return bundle::verify_as_owner(path, made.replay(), {}); })) == "");
}

// --- with the case key, by the device that made it ---

namespace {

struct SealingDevice : MadeBundle {
    SealingDevice() {
        alter = [this](bundle::SealedMembers& members) {
            here.case_key = case_key.duplicate();
            here.case_age = members.case_age;
            here.manifest = members.manifest_sha256;
        };
    }
    std::string told(const std::filesystem::path& path) {
        return text_of(test::refusal([&] { return bundle::verify_sealed(path, here, trust, {}); }));
    }
    bundle::SealedHere here;
};

}  // namespace

TEST_CASE("the device that sealed a bundle opens all of it") {
    SealingDevice made;
    const auto path = made.file();
    CHECK(made.told(path) == "");
}

TEST_CASE("a case key that was wrapped anew is refused by the device that sealed") {
    SealingDevice made;
    made.readers = {&made.second, &made.member};
    const auto path = made.file();
    made.here.case_age.back() ^= 1;
    CHECK(made.told(path) == "forged: the bundle's case key is not the one that you sealed");
}

TEST_CASE("another bundle under the same case key is refused by the device that sealed") {
    SealingDevice made;
    const auto path = made.file();
    made.here.manifest = crypto::sha256(base::as_bytes("another"));
    CHECK(made.told(path) == "forged: the manifest is not the one that you sealed");
}

TEST_CASE("a document exchanged for another of the dossier is refused by the device that sealed") {
    SealingDevice made;
    const auto header = document::seal_header(made.other.key, crypto::x25519_public(made.case_key));
    made.documents[1] = {made.other.promise.id, header, made.other.content, made.other.metadata,
                         made.other.preview,    {}};
    const auto path = made.file();
    // The owner without the case key cannot tell.
    CHECK(text_of(test::refusal(
              [&] { return bundle::verify_as_owner(path, made.replay(), {}); })) == "");
    CHECK(made.told(path).starts_with("malformed: exhibit 2: "));
}
