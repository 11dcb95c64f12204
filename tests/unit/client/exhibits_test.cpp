// Exhibit numbers across a transfer.
#include <client/exhibits.hpp>
#include <doctest/doctest.h>
#include <support/history.hpp>

namespace kluis::test {

TEST_CASE("where no former owner sealed anything, numbers begin at 1") {
    const Person first("first");
    const Person second("second");
    History history(first);
    history.add(first, deposit("one"));
    CHECK(client::numbers_of_former_owners(history.replay()) == 0);
    history.add(first, history.transfer(first, second));
    history.add(second, seal("by the second"));
    CHECK(client::numbers_of_former_owners(history.replay()) == 0);
}

TEST_CASE("numbers begin after all that former owners can have given") {
    const Person first("first");
    const Person second("second");
    const Person third("third");
    History history(first);
    for (const std::string name : {"one", "two"})
        history.add(first, deposit(name));
    history.add(first, seal("by the first"));
    CHECK(client::numbers_of_former_owners(history.replay()) == 0);
    history.add(first, history.transfer(first, second));
    CHECK(client::numbers_of_former_owners(history.replay()) == 2);
    history.add(second, deposit("three"));
    CHECK(client::numbers_of_former_owners(history.replay()) == 2);
    history.add(second, history.transfer(second, third));
    CHECK(client::numbers_of_former_owners(history.replay()) == 5);
}

}  // namespace kluis::test
