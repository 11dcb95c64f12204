// Those who take part in the tests' histories, and reasons as a test shows them.
#pragma once

#include <support/history.hpp>

#include <ostream>

namespace kluis::chain {

inline std::ostream& operator<<(std::ostream& out, const std::optional<Reason>& reason) {
    return out << (reason ? code(*reason) : "accepted");
}

}  // namespace kluis::chain

namespace kluis::test {

inline const Person& owner() {
    static const Person person("J.");
    return person;
}
inline const Person& heir() {
    static const Person person("N.");
    return person;
}
inline const Person& worker() {
    static const Person person("support worker");
    return person;
}
inline const Person& lawyer() {
    static const Person person("lawyer");
    return person;
}
inline const Person& stranger() {
    static const Person person("stranger");
    return person;
}

inline constexpr std::optional<chain::Reason> kAccepted;

}  // namespace kluis::test
