#include "people.hpp"

#include <doctest/doctest.h>
#include <support/refusal.hpp>

using namespace kluis;
using namespace kluis::statement;
using namespace kluis::test;

namespace {

// Places 0 create, 1 allow, 2 deposit a (worker), 3 deposit b (owner), 4 transfer, 5 description
// of a (heir), 6 seal of an earlier bundle, 7 seal that supplements it.
History example() {
    History history(owner());
    history.add(owner(), allow(worker()));
    history.add(worker(), deposit("a"));
    history.add(owner(), deposit("b"));
    history.add(owner(), history.transfer(owner(), heir()));
    history.add(heir(), description("a", 1));
    history.add(heir(), seal("1"));
    history.add(heir(), seal("2", "1"));
    return history;
}

chain::State replayed(const DossierId& dossier, const std::vector<Signed>& statements) {
    chain::PartialReplay replay(dossier);
    for (const Signed& statement : statements)
        replay.add(statement);
    return replay.state();
}

std::vector<Signed> pick(const History& history, const std::vector<std::size_t>& places) {
    std::vector<Signed> statements;
    for (const std::size_t place : places)
        statements.push_back(history.statements()[place]);
    return statements;
}

bool forged(const History& history, const std::vector<Signed>& statements) {
    return refuses(base::ErrorKind::forged, [&] { return replayed(history.id(), statements); });
}

}  // namespace

TEST_CASE("part of a chain with the statements that it needs gives the state of what it holds") {
    const History history = example();
    const auto state = replayed(history.id(), pick(history, {0, 1, 2, 4, 5, 7}));
    CHECK(state.dossier()->owner == heir().fingerprint());
    CHECK(state.document(document_id("a"))->description == history.statements()[5].hash);
    CHECK_FALSE(state.document(document_id("b")));
    CHECK(state.seal(bundle_id("2")));
}

TEST_CASE("part of a chain without what gives the right to one of its statements is refused") {
    const History history = example();
    CHECK(forged(history, pick(history, {0, 2, 4, 5, 7})));
    CHECK(forged(history, pick(history, {0, 1, 2, 5, 7})));
    CHECK(forged(history, pick(history, {0, 1, 5})));
    CHECK(forged(history, pick(history, {1, 2})));
}

TEST_CASE("part of a chain out of order, or repeating, is refused") {
    const History history = example();
    CHECK(forged(history, pick(history, {0, 1, 3, 2})));
    CHECK(forged(history, pick(history, {0, 1, 1})));
    CHECK(forged(history, pick(history, {0, 1, 0})));
}

TEST_CASE("statements that follow each other stand next to each other") {
    History history(owner());
    history.add(owner(), deposit("a"));
    for (const char* name : {"b", "c", "d"}) {
        history.wait(-kSecond);
        history.add(owner(), deposit(name));
    }
    CHECK_FALSE(forged(history, pick(history, {0, 1, 3, 4})));
    CHECK_FALSE(forged(history, pick(history, {0, 2, 4})));
    CHECK(forged(history, pick(history, {0, 3, 1, 4})));
    CHECK(forged(history, pick(history, {0, 4, 3})));
}

TEST_CASE("part of another chain is refused") {
    const History history = example();
    CHECK(refuses(base::ErrorKind::forged, [&] {
        return replayed(History(heir()).id(), pick(history, {0, 1, 2}));
    }));
}

TEST_CASE("two statements of one place in a chain do not stand in one part") {
    History history(owner());
    const Signed one = history.signed_by(owner(), deposit("a"));
    const Signed other = history.signed_by(owner(), deposit("b"));
    const Signed create = history.statements()[0];
    CHECK_FALSE(forged(history, {create, one}));
    CHECK(forged(history, {create, one, other}));
}

TEST_CASE("a void statement does not stand in a part of a chain") {
    History history(owner());
    history.add(owner(), allow(worker()));
    history.add(worker(), seal("1"));
    CHECK(forged(history, pick(history, {0, 1, 2})));
}
