#include "people.hpp"

#include <doctest/doctest.h>

using namespace kluis;
using namespace kluis::statement;
using namespace kluis::test;
using chain::Reason;

TEST_CASE("whom the owner allows may deposit, and nobody else") {
    History history(owner());
    history.add(owner(), allow(worker()));
    CHECK(history.refusal(worker(), deposit("a")) == kAccepted);
    const auto permission = history.state().permission(worker().fingerprint()).value();
    CHECK(permission.allowed_by == history.statements().back().hash);
    CHECK(permission.from == history.now());
    CHECK(history.state().card(worker().fingerprint()) == worker().card());
}

TEST_CASE("only the owner allows and removes") {
    History history(owner());
    history.add(owner(), allow(worker()));
    CHECK(history.refusal(worker(), allow(stranger())) == Reason::not_owner);
    CHECK(history.refusal(worker(), DepositorRemove{worker().fingerprint()}) == Reason::not_owner);
}

TEST_CASE("who was removed may not deposit until allowed anew") {
    History history(owner());
    history.add(owner(), allow(worker()));
    history.add(owner(), DepositorRemove{worker().fingerprint()});
    CHECK(history.refusal(worker(), deposit("a")) == Reason::not_depositor);
    history.add(owner(), allow(worker()));
    CHECK(history.refusal(worker(), deposit("a")) == kAccepted);
}

TEST_CASE("a permission stands up to the second of its until, and not after") {
    History history(owner());
    DepositorAllow act = allow(worker());
    act.until = history.now() + std::chrono::seconds(10);
    history.add(owner(), act);
    Statement draft = history.draft(worker(), deposit("a"));
    draft.time = *act.until;
    CHECK(history.refusal(sign(draft, worker().signer())) == kAccepted);
    draft.time = *act.until + kSecond;
    CHECK(history.refusal(sign(draft, worker().signer())) == Reason::not_depositor);
}

TEST_CASE("an until that is not after the statement is void") {
    History history(owner());
    DepositorAllow act = allow(worker());
    act.until = history.now() + kSecond;
    CHECK(history.refusal(owner(), act) == Reason::until_passed);
    act.until = history.now() + 2 * kSecond;
    CHECK(history.refusal(owner(), act) == kAccepted);
}

TEST_CASE("allowing whose permission stands is void, whose has ended is not") {
    History history(owner());
    DepositorAllow act = allow(worker());
    act.until = history.now() + std::chrono::seconds(10);
    history.add(owner(), act);
    CHECK(history.refusal(owner(), allow(worker())) == Reason::already_allowed);
    history.wait(std::chrono::seconds(9));
    CHECK(history.refusal(owner(), allow(worker())) == kAccepted);
}

TEST_CASE("allowing the owner is void") {
    History history(owner());
    CHECK(history.refusal(owner(), allow(owner())) == Reason::already_allowed);
}

TEST_CASE("removing whose permission does not stand is void") {
    History history(owner());
    CHECK(history.refusal(owner(), DepositorRemove{worker().fingerprint()}) == Reason::not_allowed);
    DepositorAllow act = allow(worker());
    act.until = history.now() + std::chrono::seconds(10);
    history.add(owner(), act);
    CHECK(history.refusal(owner(), DepositorRemove{worker().fingerprint()}) == kAccepted);
    history.wait(std::chrono::seconds(10));
    CHECK(history.refusal(owner(), DepositorRemove{worker().fingerprint()}) == Reason::not_allowed);
}

TEST_CASE("a count limits deposits, erased ones too") {
    History history(owner());
    DepositorAllow act = allow(worker());
    act.count = 2;
    history.add(owner(), act);
    history.add(worker(), deposit("a"));
    history.add(worker(), DocumentErase{document_id("a")});
    history.add(worker(), deposit("b"));
    CHECK(history.refusal(worker(), deposit("c")) == Reason::deposit_limit);
    CHECK(history.state().permission(worker().fingerprint())->used == 2);
}

TEST_CASE("a count that is used up does not end the permission") {
    History history(owner());
    DepositorAllow act = allow(worker());
    act.count = 1;
    history.add(owner(), act);
    history.add(worker(), deposit("a"));
    CHECK(history.refusal(owner(), allow(worker())) == Reason::already_allowed);
    CHECK(history.refusal(worker(), DocumentErase{document_id("a")}) == kAccepted);
    history.add(owner(), DepositorRemove{worker().fingerprint()});
    history.add(owner(), act);
    CHECK(history.refusal(worker(), deposit("b")) == kAccepted);
}

TEST_CASE("the owner's deposits use up nobody's count") {
    History history(owner());
    DepositorAllow act = allow(worker());
    act.count = 1;
    history.add(owner(), act);
    history.add(owner(), deposit("a"));
    CHECK(history.refusal(worker(), deposit("b")) == kAccepted);
}

TEST_CASE("a deposit under a link is marked as through a link") {
    History history(owner());
    DepositorAllow act = allow(worker());
    act.link = true;
    history.add(owner(), act);
    history.add(worker(), deposit("a"));
    history.add(owner(), deposit("b"));
    CHECK(history.state().document(document_id("a"))->through_link);
    CHECK_FALSE(history.state().document(document_id("b"))->through_link);
}
