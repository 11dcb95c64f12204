#include "people.hpp"

#include <doctest/doctest.h>
#include <support/refusal.hpp>

using namespace kluis;
using namespace kluis::statement;
using namespace kluis::test;

namespace {

std::vector<Signed> pick(const History& history, const std::vector<std::size_t>& places) {
    std::vector<Signed> statements;
    for (const std::size_t place : places)
        statements.push_back(history.statements()[place]);
    return statements;
}

chain::DepositorView view(const History& history, const std::vector<std::size_t>& places) {
    return chain::verify_depositor_view(history.id(), worker().fingerprint(),
                                        pick(history, places));
}

bool forged(const History& history, const std::vector<std::size_t>& places) {
    return refuses(base::ErrorKind::forged, [&] { return view(history, places); });
}

// 0 create, 1 allow worker (count 5), 2 deposit a (worker), 3 deposit b (owner), 4 deposit c
// (worker), 5 erase c (worker), 6 grant, 7 describe a, 8 transfer to heir, 9 remove worker,
// 10 allow stranger.
History example() {
    History history(owner());
    DepositorAllow act = allow(worker());
    act.count = 5;
    history.add(owner(), act);
    history.add(worker(), deposit("a"));
    history.add(owner(), deposit("b"));
    history.add(worker(), deposit("c"));
    history.add(worker(), DocumentErase{document_id("c")});
    history.add(owner(), history.grant(lawyer(), {"a"}));
    history.add(owner(), description("a", 1));
    history.add(owner(), history.transfer(owner(), heir()));
    history.add(heir(), DepositorRemove{worker().fingerprint()});
    history.add(heir(), allow(stranger()));
    return history;
}

}  // namespace

TEST_CASE("a depositor's view gives owner, permission and the own deposits that stand") {
    const History history = example();
    const auto before = view(history, {0, 1, 2, 4, 5});
    CHECK(before.owner == owner().fingerprint());
    CHECK(before.owner_card == owner().card());
    CHECK(before.jurisdiction == "nl-commissie-2025");
    REQUIRE(before.permission);
    CHECK(before.permission->used == 2);
    CHECK(before.permission->stands_at(history.now()));
    REQUIRE(before.deposits.size() == 1);
    CHECK(before.deposits[0].hash == history.statements()[2].hash);

    const auto after = view(history, {0, 1, 2, 4, 5, 7, 8, 9});
    CHECK(after.owner == heir().fingerprint());
    CHECK(after.owner_card == heir().card());
    CHECK_FALSE(after.permission->stands_at(history.now()));
}

TEST_CASE("a depositor who was never allowed has a view without permission") {
    const History history = example();
    CHECK_FALSE(view(history, {0, 8}).permission);
}

TEST_CASE("a depositor's view with others' statements is refused") {
    const History history = example();
    CHECK(forged(history, {0, 1, 2, 3}));
    CHECK(forged(history, {0, 1, 6}));
    CHECK(forged(history, {0, 1, 8, 10}));
    CHECK(forged(history, {0, 1, 7}));
}

TEST_CASE("a depositor's view without its beginning, or out of order, is refused") {
    const History history = example();
    CHECK(forged(history, {}));
    CHECK(forged(history, {1, 2}));
    CHECK(forged(history, {0, 2, 1}));
    CHECK(forged(history, {0, 1, 1}));
    CHECK(forged(history, {0, 0}));
}

TEST_CASE("a depositor's view that hides a transfer shows acts of one who is not the owner") {
    CHECK(forged(example(), {0, 1, 2, 9}));
}

TEST_CASE("a false dossier shown to a depositor is refused") {
    const History other(stranger());
    const auto statements = pick(other, {0});
    CHECK(refuses(base::ErrorKind::forged, [&] {
        return chain::verify_depositor_view(example().id(), worker().fingerprint(), statements);
    }));
}

TEST_CASE("a permission that nobody signed is refused") {
    History history(owner());
    Signed allowed = history.signed_by(owner(), allow(worker()));
    allowed.envelope.signature.writable()[10] ^= 1;
    const std::vector<Signed> statements{history.statements()[0], allowed};
    CHECK(refuses(base::ErrorKind::forged, [&] {
        return chain::verify_depositor_view(history.id(), worker().fingerprint(), statements);
    }));
}
