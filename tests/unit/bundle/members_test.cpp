// What a reader refuses of a bundle's members, under a seal that is true.
#include "made_bundle.hpp"

#include <kluis/bundle/case_key.hpp>

#include <doctest/doctest.h>

using namespace kluis;
using statement::Role;
using test::MadeBundle;
using test::SealedDocument;

namespace {

// Makes `sealed`, with whatever was altered in it, the document of exhibit 1 by a true deposit.
void deposit_as_first(MadeBundle& made, const SealedDocument& sealed) {
    const auto place = made.deposit(made.owner, sealed);
    const auto second = made.lines.back();
    const auto second_members = made.documents.back();
    made.lines.clear();
    made.documents.clear();
    made.include(sealed, "data/documents/001.txt", made.placed(place));
    made.lines.push_back(second);
    made.documents.push_back(second_members);
}

}  // namespace

TEST_CASE("a case key for more or fewer readers than the seal names is refused") {
    const std::string why =
        "forged: the bundle's case key is for another number of readers than are named";
    MadeBundle made;
    SUBCASE("for an outsider too") {
        made.readers.push_back(&made.outsider);
        CHECK(made.told_to(made.member) == why);
        CHECK(made.told_to(made.outsider) == why);
    }
    SUBCASE("for one recipient twice") {
        made.readers.push_back(&made.member);
        CHECK(made.told_to(made.member) == why);
    }
    SUBCASE("not for one of the recipients") {
        made.readers.pop_back();
        CHECK(made.told_to(made.member) == why);
    }
}

TEST_CASE("an outsider for whom the case key is wrapped in a recipient's place is refused") {
    MadeBundle made;
    made.readers = {&made.member, &made.outsider};
    CHECK(made.told_to(made.outsider) ==
          "forged: the bundle opens with an identity that is not among its readers");
}

TEST_CASE("a member that is not encrypted to the case key is refused as forged") {
    MadeBundle made;
    made.alter = [&](bundle::SealedMembers& members) {
        const std::array keys{made.member.card().recipient};
        members.readers = bundle::seal_case(made.case_key, keys);
    };
    CHECK(made.told_to(made.member) ==
          "forged: a member of the bundle is not encrypted to its case key");
}

TEST_CASE("a member for two keys is refused") {
    MadeBundle made;
    made.alter = [&](bundle::SealedMembers& members) {
        const std::array keys{crypto::x25519_public(made.case_key), made.outsider.card().recipient};
        members.readers = bundle::seal_case(made.case_key, keys);
    };
    CHECK(made.told_to(made.member).starts_with("malformed: "));
}

TEST_CASE("documents in another order than the manifest's are refused") {
    MadeBundle made;
    std::swap(made.documents[0], made.documents[1]);
    CHECK(made.told_to(made.member).starts_with("malformed: exhibit 1: the bundle does not have "));
}

TEST_CASE("a document that is missing, or one more, is refused") {
    MadeBundle made;
    SUBCASE("missing") {
        made.documents.pop_back();
        CHECK(made.told_to(made.member).starts_with("malformed: "));
    }
    SUBCASE("one more") {
        made.documents.push_back({made.other.promise.id,
                                  made.documents[0].header,
                                  made.other.content,
                                  made.other.metadata,
                                  {},
                                  {}});
        CHECK(made.told_to(made.member).starts_with("malformed: "));
    }
}

TEST_CASE("headers that are not those of the manifest, or not the same, are refused") {
    MadeBundle made;
    const auto another =
        document::seal_header(made.letter.key, crypto::x25519_public(made.case_key));
    std::string why;
    SUBCASE("of all members") {
        made.documents[0].header = another;
        why = "forged: exhibit 1: a document's header is not what was signed";
    }
    SUBCASE("for another key than the case key") {
        const auto header = document::seal_header(made.letter.key, made.outsider.card().recipient);
        made.documents[0].header = header;
        made.lines[0].header_sha256 = crypto::sha256(header);
        why = "forged: exhibit 1: it is not encrypted to the bundle's case key";
    }
    SUBCASE("of another size") {
        made.lines[0].header_size = 169;
        why = "malformed: a document of the manifest has another form";
    }
    CHECK(made.told_to(made.member) == why);
}

TEST_CASE("a preview that was deposited and is not there is refused") {
    MadeBundle made;
    made.documents[0].preview.reset();
    CHECK(made.told_to(made.member).starts_with("malformed: exhibit 1: the bundle does not have "));
}

TEST_CASE("a preview that was not deposited is refused") {
    MadeBundle made;
    SealedDocument sealed = test::seal_document(base::as_bytes("without a picture"));
    sealed.promise.payloads.erase(Role::preview);
    deposit_as_first(made, sealed);
    CHECK(made.told_to(made.member).starts_with("malformed: exhibit 2: the bundle does not have "));
    made.documents[0].preview.reset();
    CHECK(made.told_to(made.member) == "");
}

TEST_CASE("a preview of another size is refused before it is read") {
    MadeBundle made;
    made.documents[0].preview->push_back(0);
    CHECK(made.told_to(made.member) ==
          "forged: exhibit 1: a document's preview is not what was signed");
}

TEST_CASE("payloads that were altered or exchanged are refused, naming the exhibit") {
    MadeBundle made;
    std::string why;
    SUBCASE("content") {
        made.documents[1].content.back() ^= 1;
        why = "forged: exhibit 2: ";
    }
    SUBCASE("metadata") {
        made.documents[1].metadata.back() ^= 1;
        why = "forged: exhibit 2: a document's description is not what was signed";
    }
    SUBCASE("preview") {
        made.documents[0].preview->back() ^= 1;
        why = "forged: exhibit 1: a document's preview is not what was signed";
    }
    SUBCASE("two contents") {
        std::swap(made.documents[0].content, made.documents[1].content);
        why = "forged: exhibit 1: ";
    }
    CHECK(made.told_to(made.member).starts_with(why));
}

// A depositor can deposit what nobody can open: it is found, and named.
TEST_CASE("what a depositor signed and cannot be opened is refused, naming the exhibit") {
    MadeBundle made;
    auto sealed = test::seal_document(base::as_bytes("what happened"));
    std::string why;
    SUBCASE("content that is no payload under the file key") {
        sealed.content.back() ^= 1;
        sealed.promise.payloads[Role::content] = test::payload_of(sealed.content);
        why = "forged: exhibit 1: ";
    }
    SUBCASE("a preview that is none") {
        *sealed.preview = base::Bytes(5000, 'x');
        sealed.promise.payloads[Role::preview] = test::payload_of(*sealed.preview);
        why = "forged: exhibit 1: ";
    }
    SUBCASE("content that is not the committed one") {
        sealed.promise.commitment = made.letter.promise.commitment;
        why =
            "forged: exhibit 1: the document's key or description is not the one that was "
            "deposited";
    }
    SUBCASE("a description that is none") {
        sealed.metadata = document::seal_preview(sealed.key, base::as_bytes("{")).stored;
        sealed.promise.payloads[Role::metadata] = test::payload_of(sealed.metadata);
        why = "malformed: exhibit 1: ";
    }
    deposit_as_first(made, sealed);
    CHECK(made.told_to(made.member).starts_with(why));
}
