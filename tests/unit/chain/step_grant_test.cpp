// Grants and bundles.
#include "people.hpp"

#include <doctest/doctest.h>

using namespace kluis;
using namespace kluis::statement;
using namespace kluis::test;
using chain::Reason;

namespace {

// A dossier with documents a and b, of which b was described.
History with_documents() {
    History history(owner());
    history.add(owner(), deposit("a"));
    history.add(owner(), deposit("b"));
    history.add(owner(), description("b", 1));
    return history;
}

}  // namespace

TEST_CASE("a grant gives a grantee the last versions of the documents it names") {
    History history = with_documents();
    const Signed made = history.add(owner(), history.grant(lawyer(), {"a", "b"}));
    const auto grant = history.state().grant(document_id("b"), lawyer().fingerprint()).value();
    CHECK(grant.granted_by == made.hash);
    CHECK(grant.deposit == history.state().document(document_id("b"))->deposit);
    CHECK(grant.description == history.state().document(document_id("b"))->description);
    CHECK(grant.header == value_of<Digest>("b header for a grantee"));
    CHECK_FALSE(history.state().grant(document_id("a"), worker().fingerprint()));
}

TEST_CASE("only the owner grants and revokes") {
    History history = with_documents();
    history.add(owner(), allow(worker()));
    CHECK(history.refusal(worker(), history.grant(worker(), {"a"})) == Reason::not_owner);
    history.add(owner(), history.grant(lawyer(), {"a"}));
    CHECK(history.refusal(worker(), GrantRevoke{lawyer().fingerprint(), {document_id("a")}}) ==
          Reason::not_owner);
}

TEST_CASE("granting what does not stand is void, with all else in the grant") {
    History history = with_documents();
    CHECK(history.refusal(owner(), history.grant(lawyer(), {"a", "c"})) ==
          Reason::unknown_document);
    const auto act = history.grant(lawyer(), {"a"});
    history.add(owner(), DocumentErase{document_id("a")});
    CHECK(history.refusal(owner(), act) == Reason::unknown_document);
}

TEST_CASE("granting another deposit or description than the last is void") {
    History history = with_documents();
    GrantCreate act = history.grant(lawyer(), {"a"});
    act.documents[0].deposit = value_of<Digest>("another deposit");
    CHECK(history.refusal(owner(), act) == Reason::not_last_version);

    act = history.grant(lawyer(), {"a"});
    act.documents[0].description = value_of<Digest>("a description");
    CHECK(history.refusal(owner(), act) == Reason::not_last_version);

    act = history.grant(lawyer(), {"b"});
    history.add(owner(), description("b", 2));
    CHECK(history.refusal(owner(), act) == Reason::not_last_version);
    act.documents[0].description.reset();
    CHECK(history.refusal(owner(), act) == Reason::not_last_version);
}

TEST_CASE("a grant that expires at its own time is void, a second later it is not") {
    History history = with_documents();
    GrantCreate act = history.grant(lawyer(), {"a"});
    act.expires = history.now() + kSecond;
    CHECK(history.refusal(owner(), act) == Reason::until_passed);
    act.expires = history.now() + 2 * kSecond;
    CHECK(history.refusal(owner(), act) == kAccepted);
}

TEST_CASE("a new grant of a document to the same grantee replaces the old") {
    History history = with_documents();
    GrantCreate act = history.grant(lawyer(), {"a"});
    act.expires = history.now() + std::chrono::hours(1);
    history.add(owner(), act);
    const Signed second = history.add(owner(), history.grant(lawyer(), {"a"}));
    CHECK(history.state().grants().size() == 1);
    const auto grant = history.state().grant(document_id("a"), lawyer().fingerprint()).value();
    CHECK(grant.granted_by == second.hash);
    CHECK_FALSE(grant.expires);
}

TEST_CASE("no rule forbids a grant to the owner") {
    History history = with_documents();
    CHECK(history.refusal(owner(), history.grant(owner(), {"a"})) == kAccepted);
}

TEST_CASE("a revocation ends what it names and nothing else") {
    History history = with_documents();
    history.add(owner(), history.grant(lawyer(), {"a", "b"}));
    history.add(owner(), history.grant(worker(), {"a"}));
    history.add(owner(), GrantRevoke{lawyer().fingerprint(), {document_id("a")}});
    CHECK_FALSE(history.state().grant(document_id("a"), lawyer().fingerprint()));
    CHECK(history.state().grant(document_id("b"), lawyer().fingerprint()));
    CHECK(history.state().grant(document_id("a"), worker().fingerprint()));
}

TEST_CASE("revoking what is not granted is void, with all else in the revocation") {
    History history = with_documents();
    history.add(owner(), history.grant(lawyer(), {"a"}));
    const auto refused = [&](const std::vector<DocumentId>& documents) {
        return history.refusal(owner(), GrantRevoke{lawyer().fingerprint(), documents});
    };
    CHECK(refused({document_id("a"), document_id("b")}) == Reason::not_granted);
    CHECK(refused({document_id("c")}) == Reason::not_granted);
    history.add(owner(), GrantRevoke{lawyer().fingerprint(), {document_id("a")}});
    CHECK(refused({document_id("a")}) == Reason::not_granted);
}

TEST_CASE("an expired grant can still be revoked") {
    History history = with_documents();
    GrantCreate act = history.grant(lawyer(), {"a"});
    act.expires = history.now() + std::chrono::seconds(10);
    history.add(owner(), act);
    history.wait(std::chrono::hours(1));
    CHECK(history.refusal(owner(), GrantRevoke{lawyer().fingerprint(), {document_id("a")}}) ==
          kAccepted);
}

TEST_CASE("a seal is kept as it was made") {
    History history = with_documents();
    const Signed made = history.add(owner(), seal("1"));
    const auto kept = history.state().seal(bundle_id("1")).value();
    CHECK(kept.sealed_by == made.hash);
    CHECK(kept.documents == 2);
    CHECK(kept.manifest == seal("1").manifest);
    CHECK(kept.recipients.size() == 2);
    CHECK(kept.set == 1);
    CHECK_FALSE(kept.supplements);
}

TEST_CASE("only the owner seals") {
    History history = with_documents();
    history.add(owner(), allow(worker()));
    CHECK(history.refusal(worker(), seal("1")) == Reason::not_owner);
}

TEST_CASE("a bundle's id is used once") {
    History history = with_documents();
    history.add(owner(), seal("1"));
    CHECK(history.refusal(owner(), seal("1")) == Reason::bundle_used);
    CHECK(history.refusal(owner(), seal("2")) == kAccepted);
}

TEST_CASE("a supplement to no earlier bundle of this dossier is void") {
    History history = with_documents();
    CHECK(history.refusal(owner(), seal("2", "1")) == Reason::unknown_bundle);
    CHECK(history.refusal(owner(), seal("2", "2")) == Reason::unknown_bundle);
    history.add(owner(), seal("1"));
    CHECK(history.refusal(owner(), seal("2", "1")) == kAccepted);
}
