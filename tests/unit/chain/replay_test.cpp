#include "people.hpp"

#include <doctest/doctest.h>

using namespace kluis;
using namespace kluis::statement;
using namespace kluis::test;
using chain::Reason;
using chain::Replay;

TEST_CASE("a replayed chain gives the state, a link for each statement, and their places") {
    History history(owner());
    history.add(owner(), deposit("a"));
    history.add(owner(), history.grant(lawyer(), {"a"}));
    Replay replay(history.id());
    for (const Signed& statement : history.statements())
        CHECK(replay.add(statement));
    CHECK(replay.state() == history.state());
    CHECK(replay.links().size() == 3);
    CHECK_FALSE(replay.broken_because());
    for (std::size_t i = 0; i < 3; ++i)
        CHECK(replay.place_of(history.statements()[i].hash) == i);
    CHECK_FALSE(replay.place_of(value_of<Digest>("a head of another chain")));
}

TEST_CASE("the first statement must hash to the dossier's id") {
    const History history(owner());
    Replay replay(History(heir()).id());
    CHECK_FALSE(replay.add(history.statements().front()));
    CHECK(replay.broken_because() == Reason::other_dossier);
    CHECK_FALSE(replay.state().dossier());
}

TEST_CASE("a chain without its beginning ends at once") {
    History history(owner());
    history.add(owner(), deposit("a"));
    Replay replay(history.id());
    CHECK_FALSE(replay.add(history.statements().back()));
    CHECK(replay.broken_because() == Reason::no_dossier);
}

TEST_CASE("a void statement is a link with its reason") {
    History history(owner());
    history.add(owner(), allow(worker()));
    history.add(worker(), seal("1"));
    history.add(owner(), deposit("a"));
    const auto& links = history.replay().links();
    CHECK_FALSE(links[1].void_because);
    CHECK(links[2].void_because == Reason::not_owner);
    CHECK_FALSE(links[3].void_because);
    CHECK(history.state().dossier()->length == 4);
    CHECK(history.replay().place_of(links[2].statement.hash) == 2);
}

TEST_CASE("nothing after a broken link is looked at") {
    History history(owner());
    for (const char* name : {"a", "b", "c"})
        history.add(owner(), deposit(name));
    Replay replay(history.id());
    CHECK(replay.add(history.statements()[0]));
    CHECK(replay.add(history.statements()[1]));
    CHECK_FALSE(replay.add(history.statements()[3]));
    CHECK(replay.broken_because() == Reason::broken_link);
    CHECK_FALSE(replay.add(history.statements()[2]));
    CHECK(replay.links().size() == 2);
    CHECK(replay.state().documents().size() == 1);
}

TEST_CASE("swapped statements break the chain") {
    History history(owner());
    history.add(owner(), deposit("a"));
    history.add(owner(), deposit("b"));
    Replay replay(history.id());
    CHECK(replay.add(history.statements()[0]));
    CHECK_FALSE(replay.add(history.statements()[2]));
}
