// What ends a chain, and what holds for every statement.
#include "people.hpp"

#include <doctest/doctest.h>

using namespace kluis;
using namespace kluis::statement;
using namespace kluis::test;
using chain::Reason;

TEST_CASE("a chain begins with dossier.create and its owner") {
    const History history(owner());
    const auto dossier = history.state().dossier().value();
    CHECK(dossier.id == history.id());
    CHECK(dossier.owner == owner().fingerprint());
    CHECK(dossier.jurisdiction == "nl-commissie-2025");
    CHECK(dossier.head == history.statements().front().hash);
    CHECK(dossier.length == 1);
    CHECK(dossier.last == kBeginning);
    CHECK_FALSE(dossier.erased);
    CHECK(history.state().card(owner().fingerprint()) == owner().card());
}

TEST_CASE("a chain that begins with anything else ends at once") {
    History history(owner());
    const chain::State nothing;
    const chain::Verdict verdict = chain::step(nothing, history.signed_by(owner(), DossierErase{}));
    REQUIRE_FALSE(verdict.accepted());
    CHECK(verdict.reason() == Reason::no_dossier);
}

TEST_CASE("dossier.create signed by another than its card ends the chain") {
    Signed create = History(owner()).statements().front();
    create.envelope =
        sign(kStatementType, create.envelope.payload, stranger().signer(), create.envelope.key_id);
    const chain::State nothing;
    CHECK(chain::step(nothing, create).reason() == Reason::bad_signature);
}

TEST_CASE("a second dossier.create ends the chain") {
    const History history(owner());
    CHECK(history.refusal(history.statements().front()) == Reason::second_create);
    CHECK(history.refusal(History(stranger()).statements().front()) == Reason::second_create);
}

TEST_CASE("a statement of another dossier ends the chain") {
    History history(owner());
    Statement draft = history.draft(owner(), deposit("a"));
    draft.dossier = History(heir()).id();
    CHECK(history.refusal(sign(draft, owner().signer())) == Reason::other_dossier);
}

TEST_CASE("an acknowledgement offered as a link ends the chain") {
    History history(owner());
    Statement draft = history.draft(owner(), BundleAcknowledge{bundle_id("1"), {}, {}});
    draft.previous.reset();
    CHECK(history.refusal(sign(draft, owner().signer())) == Reason::outside_chain);
}

TEST_CASE("a statement that does not follow the head ends the chain") {
    History history(owner());
    const Signed late = history.signed_by(owner(), deposit("a"));
    history.add(owner(), deposit("b"));
    CHECK(history.refusal(late) == Reason::broken_link);
    CHECK(history.refusal(history.statements().back()) == Reason::broken_link);
}

TEST_CASE("a statement by someone of whom the chain has no card ends it") {
    History history(owner());
    CHECK(history.refusal(stranger(), deposit("a")) == Reason::unknown_actor);
    history.add(owner(), deposit("a"));
    history.add(owner(), history.grant(lawyer(), {"a"}));
    CHECK(history.refusal(lawyer(), deposit("b")) == Reason::unknown_actor);
}

TEST_CASE("a card that only a void statement named is not known") {
    History history(owner());
    history.add(owner(), allow(worker()));
    history.add(worker(), allow(stranger()));
    REQUIRE(history.replay().links().back().void_because == Reason::not_owner);
    CHECK(history.refusal(stranger(), deposit("a")) == Reason::unknown_actor);
}

TEST_CASE("a statement that its actor did not sign ends the chain") {
    History history(owner());
    const Statement draft = history.draft(owner(), deposit("a"));
    CHECK(history.refusal(sign(draft, stranger().signer())) == Reason::bad_signature);
    Signed altered = history.signed_by(owner(), deposit("a"));
    altered.envelope.signature.writable()[0] ^= 1;
    CHECK(history.refusal(altered) == Reason::bad_signature);
}

TEST_CASE("a statement dated before the last one is void, at the same second it is not") {
    History history(owner());
    Statement draft = history.draft(owner(), deposit("a"));
    draft.time = kBeginning;
    CHECK(history.refusal(sign(draft, owner().signer())) == kAccepted);
    draft.time = kBeginning - kSecond;
    CHECK(history.refusal(sign(draft, owner().signer())) == Reason::time_runs_back);
}

TEST_CASE("times are compared with the last statement that is not void") {
    History history(owner());
    history.add(owner(), allow(worker()));
    Statement draft = history.draft(worker(), allow(stranger()));
    draft.time = draft.time + std::chrono::hours(1);
    history.add(sign(draft, worker().signer()));
    REQUIRE(history.replay().links().back().void_because == Reason::not_owner);
    Statement next = history.draft(owner(), deposit("a"));
    next.time = draft.time - kSecond;
    CHECK(history.refusal(sign(next, owner().signer())) == kAccepted);
}

TEST_CASE("a void statement becomes the head and changes nothing else") {
    History history(owner());
    history.add(owner(), allow(worker()));
    const chain::State before = history.state();
    const Signed bad = history.add(worker(), DepositorRemove{worker().fingerprint()});
    chain::DossierState expected = before.dossier().value();
    expected.head = bad.hash;
    ++expected.length;
    CHECK(history.state().dossier() == expected);
    CHECK(history.state().permissions() == before.permissions());
    CHECK(history.refusal(owner(), deposit("a")) == kAccepted);
}

TEST_CASE("every reason has a code and a description of its own") {
    std::set<std::string_view> codes;
    std::set<std::string_view> descriptions;
    for (int i = 0; i <= static_cast<int>(Reason::consent_used); ++i) {
        const auto reason = static_cast<Reason>(i);
        codes.insert(code(reason));
        descriptions.insert(describe(reason));
        CHECK(ends_chain(reason) == (i <= static_cast<int>(Reason::outside_chain)));
    }
    CHECK(codes.size() == static_cast<std::size_t>(Reason::consent_used) + 1);
    CHECK(descriptions.size() == codes.size());
    CHECK(code(Reason::not_owner) == "not-owner");
}
