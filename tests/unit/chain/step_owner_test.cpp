// Transfers, and the end of a dossier.
#include "people.hpp"

#include <doctest/doctest.h>

using namespace kluis;
using namespace kluis::statement;
using namespace kluis::test;
using chain::Reason;

TEST_CASE("after a transfer the new card owns the dossier and the old one has no rights") {
    History history(owner());
    history.add(owner(), deposit("a"));
    history.add(owner(), history.transfer(owner(), heir()));
    CHECK(history.state().dossier()->owner == heir().fingerprint());
    CHECK(history.refusal(heir(), deposit("b")) == kAccepted);
    CHECK(history.refusal(owner(), deposit("b")) == Reason::not_depositor);
    CHECK(history.refusal(owner(), description("a", 1)) == Reason::not_owner);
    CHECK(history.refusal(owner(), DocumentErase{document_id("a")}) == Reason::not_depositor);
    CHECK(history.refusal(owner(), history.grant(lawyer(), {"a"})) == Reason::not_owner);
    CHECK(history.refusal(owner(), DossierErase{}) == Reason::not_owner);
}

TEST_CASE("the old card may be allowed anew as a depositor") {
    History history(owner());
    history.add(owner(), deposit("a"));
    history.add(owner(), history.transfer(owner(), heir()));
    history.add(heir(), allow(owner()));
    CHECK(history.refusal(owner(), deposit("b")) == kAccepted);
    CHECK(history.refusal(owner(), DocumentErase{document_id("a")}) == kAccepted);
}

TEST_CASE("only the owner transfers") {
    History history(owner());
    history.add(owner(), allow(worker()));
    CHECK(history.refusal(worker(), history.transfer(owner(), worker())) == Reason::not_owner);
}

TEST_CASE("depositors and grants survive a transfer") {
    History history(owner());
    history.add(owner(), deposit("a"));
    history.add(owner(), allow(worker()));
    history.add(owner(), history.grant(lawyer(), {"a"}));
    history.add(owner(), history.transfer(owner(), heir()));
    CHECK(history.refusal(worker(), deposit("b")) == kAccepted);
    CHECK(history.state().grant(document_id("a"), lawyer().fingerprint()));
    CHECK(history.refusal(heir(), DepositorRemove{worker().fingerprint()}) == kAccepted);
    CHECK(history.refusal(heir(), GrantRevoke{lawyer().fingerprint(), {document_id("a")}}) ==
          kAccepted);
}

TEST_CASE("a transfer ends what the old card was allowed and granted before it was the owner's") {
    History history(owner());
    history.add(owner(), deposit("a"));
    history.add(owner(), allow(heir()));
    history.add(owner(), history.grant(heir(), {"a"}));
    history.add(owner(), history.transfer(owner(), heir()));
    CHECK(history.state().permission(heir().fingerprint())->stands_at(history.now()));
    CHECK(history.state().grant(document_id("a"), heir().fingerprint()));
    history.add(heir(), history.transfer(heir(), worker()));
    CHECK_FALSE(history.state().permission(heir().fingerprint())->stands_at(history.now()));
    CHECK_FALSE(history.state().grant(document_id("a"), heir().fingerprint()));
    CHECK(history.refusal(heir(), deposit("b")) == Reason::not_depositor);
    CHECK(history.refusal(worker(), allow(heir())) == kAccepted);
}

TEST_CASE("a transfer replaces the owner's headers of the documents so far") {
    History history(owner());
    history.add(owner(), deposit("a"));
    const auto transfer = history.signed_by(owner(), history.transfer(owner(), heir()));
    const chain::Verdict verdict = chain::step(history.state(), transfer);
    REQUIRE(verdict.accepted());
    CHECK(verdict.effects().new_headers == value_of<Digest>("headers"));
    history.add(transfer);
    history.add(heir(), deposit("b"));
    CHECK_FALSE(history.state().document(document_id("a"))->header);
    CHECK(history.state().document(document_id("b"))->header == deposit("b").header);
}

TEST_CASE("a transfer to the owner's own card is void") {
    History history(owner());
    CHECK(history.refusal(owner(), history.transfer(owner(), owner())) == Reason::same_owner);
}

TEST_CASE("a transfer with a consent to something else is void") {
    History history(owner());
    const auto with_consent = [&](const Consent& consent, const Person& signer) {
        DossierTransfer act = history.transfer(owner(), heir());
        act.consent = sign_consent(consent, signer.signer());
        return history.refusal(owner(), act);
    };
    const Consent good{history.id(), owner().fingerprint(), heir().fingerprint(), {}};
    CHECK(with_consent(good, heir()) == kAccepted);
    CHECK(with_consent(good, stranger()) == Reason::bad_consent);
    Consent other = good;
    other.dossier = History(heir()).id();
    CHECK(with_consent(other, heir()) == Reason::bad_consent);
    other = good;
    other.from = worker().fingerprint();
    CHECK(with_consent(other, heir()) == Reason::bad_consent);
    other = good;
    other.to = worker().fingerprint();
    CHECK(with_consent(other, heir()) == Reason::bad_consent);
    CHECK(with_consent(other, worker()) == Reason::bad_consent);
}

TEST_CASE("a consent is used once") {
    History history(owner());
    const DossierTransfer there = history.transfer(owner(), heir());
    history.add(owner(), there);
    history.add(heir(), history.transfer(heir(), owner()));
    CHECK(history.refusal(owner(), there) == Reason::consent_used);
    CHECK(history.refusal(owner(), history.transfer(owner(), heir())) == kAccepted);
}

TEST_CASE("a consent in a void transfer is not used") {
    History history(owner());
    history.add(owner(), allow(worker()));
    const DossierTransfer there = history.transfer(owner(), heir());
    history.add(worker(), there);
    REQUIRE(history.replay().links().back().void_because == Reason::not_owner);
    CHECK(history.refusal(owner(), there) == kAccepted);
}

TEST_CASE("only the owner erases the dossier") {
    History history(owner());
    history.add(owner(), allow(worker()));
    CHECK(history.refusal(worker(), DossierErase{}) == Reason::not_owner);
}

TEST_CASE("after dossier.erase nothing is left and every statement is void") {
    History history(owner());
    history.add(owner(), deposit("a"));
    history.add(owner(), allow(worker()));
    history.add(owner(), history.grant(lawyer(), {"a"}));
    history.add(owner(), seal("1"));
    history.add(owner(), DossierErase{});
    CHECK(history.state().dossier()->erased);
    CHECK(history.state().documents().empty());
    CHECK(history.state().grants().empty());
    CHECK(history.state().permissions().empty());
    CHECK(history.state().seals().empty());
    CHECK(history.refusal(owner(), deposit("b")) == Reason::dossier_erased);
    CHECK(history.refusal(worker(), deposit("b")) == Reason::dossier_erased);
    CHECK(history.refusal(owner(), DossierErase{}) == Reason::dossier_erased);
    history.add(owner(), deposit("b"));
    CHECK(history.refusal(owner(), deposit("b")) == Reason::dossier_erased);
}
