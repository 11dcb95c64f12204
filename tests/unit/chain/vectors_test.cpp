// The vectors of chains that both clients pass.
#include "people.hpp"

#include <doctest/doctest.h>
#include <support/vectors.hpp>
#include <vectors/generate/replay_state.hpp>

using namespace kluis;
using base::Json;

namespace {

std::string verdict(const chain::Replay& replay, bool goes_on) {
    const auto reason = goes_on ? replay.links().back().void_because : replay.broken_because();
    return std::string(reason ? code(*reason) : "accepted");
}

}  // namespace

TEST_CASE("chains are replayed as the vectors say") {
    for (const test::Vector& vector : test::vectors("replays")) {
        CAPTURE(vector.name);
        const auto& members = vector.json.object("a vector");
        chain::Replay replay(statement::parse_id<statement::DossierId>(vector.text("dossier")));
        Json::Array verdicts;
        for (const Json& envelope : members.at("envelopes").array("envelopes")) {
            const bool goes_on =
                replay.add(statement::parse_signed(statement::parse_envelope(envelope)));
            verdicts.emplace_back(verdict(replay, goes_on));
            if (!goes_on) break;
        }
        CHECK(verdicts == members.at("verdicts").array("verdicts"));
        CHECK(generate::state_json(replay.state()) == members.at("state"));
        CHECK((vector.text("expect") == "broken") == replay.broken_because().has_value());
    }
}

TEST_CASE("there is a vector for every reason that refuses a statement") {
    std::set<std::string> seen;
    for (const test::Vector& vector : test::vectors("replays")) {
        for (const Json& code : vector.json.object("a vector").at("verdicts").array("verdicts"))
            seen.insert(code.string("a verdict"));
    }
    for (int i = 0; i <= static_cast<int>(chain::Reason::consent_used); ++i) {
        const std::string code(chain::code(static_cast<chain::Reason>(i)));
        CAPTURE(code);
        CHECK(seen.contains(code));
    }
}
