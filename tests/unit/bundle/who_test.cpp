// Who is behind the cards of a bundle, and what a judge is told.
#include "made_bundle.hpp"

#include <doctest/doctest.h>

using namespace kluis;
using test::MadeBundle;

namespace {

// verification.json's entry for the depositor of the report.
base::Json depositor(const bundle::Verification& verification) {
    const auto json = bundle::to_json(verification);
    return json.object("it").at("documents").array("documents").at(1).object("it").at("depositor");
}

std::string text(const base::Json& json, const char* member) {
    return json.object("it").at(member).string(member);
}

}  // namespace

TEST_CASE("a card that nobody checked is said to be checked by nobody") {
    MadeBundle made;
    const auto json = depositor(made.opened().verification);
    CHECK(text(json, "checked_by") == "nobody");
    CHECK(text(json, "text") ==
          "card " + statement::to_text(made.helper.fingerprint()) + ", checked by nobody");
    CHECK_FALSE(json.object("it").contains("from"));
}

TEST_CASE("an organisation's card is said to be its own, with the dates of its anchor") {
    MadeBundle made;
    const base::Time from{1'700'000'000};
    const base::Time until{1'900'000'000};
    made.trust.anchors.organisations = {{"a school", {made.helper.card(), from, until}}};
    const auto json = depositor(made.opened().verification);
    CHECK(text(json, "checked_by") == "a school");
    CHECK(text(json, "from") == base::to_string(from));
    CHECK(text(json, "until") == base::to_string(until));
    CHECK(text(json, "text") == "card " + statement::to_text(made.helper.fingerprint()) +
                                    ", checked by a school, from " + base::to_string(from) +
                                    " until " + base::to_string(until));
}

TEST_CASE("a card is judged at the time of its own act") {
    MadeBundle made;
    const auto opened_at = made.chain[made.report_place].statement.time;
    auto& organisations = made.trust.anchors.organisations;
    SUBCASE("ended by then") {
        organisations = {{"a school", {made.helper.card(), {0}, opened_at}}};
        CHECK(text(depositor(made.opened().verification), "checked_by") == "nobody");
    }
    SUBCASE("not yet") {
        organisations = {
            {"a school", {made.helper.card(), opened_at + std::chrono::seconds(1), {}}}};
        CHECK(text(depositor(made.opened().verification), "checked_by") == "nobody");
    }
    SUBCASE("just then") {
        organisations = {
            {"a school", {made.helper.card(), opened_at, opened_at + std::chrono::seconds(1)}}};
        CHECK(text(depositor(made.opened().verification), "checked_by") == "a school");
    }
    SUBCASE("the describer at the description") {
        const auto described_at = made.chain[made.description_place].statement.time;
        organisations = {{"an office", {made.owner.card(), described_at, {}}}};
        const auto verified = made.opened().verification.verified;
        CHECK(verified[1].describer.anchor == "an office");
        CHECK(verified[0].depositor.anchor.empty());
    }
}

TEST_CASE("recipients are said to be of the commission's set, if it is known") {
    MadeBundle made;
    const auto known = made.opened().verification;
    CHECK(known.recipients.at(0).anchor == "the commission's card set, version 3");
    CHECK(known.recipients.size() == 2);
    made.chain.pop_back();
    made.trust.sets.clear();
    const auto unknown = made.opened().verification;
    CHECK(unknown.recipients.at(0).anchor.empty());
    CHECK(unknown.not_proved.back().starts_with("who the recipients are: "));
}

TEST_CASE("a recipient who was not in the set when it was sealed is refused") {
    MadeBundle made;
    auto& set = made.trust.sets.front();
    std::string end = ", which was not in the commission's card set then";
    SUBCASE("never") {
        set.cards.pop_back();
    }
    SUBCASE("no longer") {
        set.cards[1].until = set.issued;
    }
    SUBCASE("not yet") {
        set.cards[1].from = set.end;
        set.cards[1].until.reset();
    }
    SUBCASE("by a later version too") {
        set.cards.pop_back();
        ++set.version;
    }
    CHECK(made.told_to(made.member) == "forged: the bundle was sealed to card " +
                                           statement::to_text(made.second.fingerprint()) + end);
}

TEST_CASE("a set of another jurisdiction or of an earlier version says nothing") {
    MadeBundle made;
    auto& set = made.trust.sets.front();
    set.cards.clear();
    SUBCASE("of another jurisdiction") {
        set.jurisdiction = "de-be-haertefall";
    }
    SUBCASE("of an earlier version") {
        --set.version;
    }
    CHECK(made.told_to(made.member) == "");
}

TEST_CASE("a bundle sealed to a set that had ended is refused") {
    MadeBundle made;
    made.trust.sets.front().end = made.now;
    CHECK(made.told_to(made.member) ==
          "forged: the bundle was sealed to a card set of the commission that had ended");
}

TEST_CASE("a document deposited through a link is said to be, and by nobody in particular") {
    MadeBundle made;
    const test::Person link("a link");
    const auto allowed = made.say(made.owner, statement::DepositorAllow{link.card(), {}, {}, true});
    const auto sealed = test::seal_document(base::as_bytes("through a link"));
    made.include(sealed, "data/x", made.placed(made.deposit(link, sealed)));
    made.head.statements.push_back(made.placed(allowed));
    made.head.cards.emplace(link.fingerprint(), link.card());
    made.act.documents = made.info.documents = 3;
    made.trust.anchors.organisations = {{"a school", {link.card(), {0}, {}}}};
    const auto verified = made.opened().verification.verified.at(2);
    CHECK(verified.depositor.through_link);
    CHECK(verified.describer.through_link);
}
