// Readers whom recipients added after the sealing: readers.age.
#include "made_bundle.hpp"

#include <doctest/doctest.h>

using namespace kluis;
using test::MadeBundle;
using test::Person;

namespace {

struct AddedScene : MadeBundle {
    AddedScene() { readers.push_back(&outsider); }

    // Adds the outsider by a line whose payload `alter` has changed.
    std::string told_with(const Person& signer, const std::function<void(base::Json&)>& change) {
        added = [this, &signer, change] {
            auto payload = reader_payload(member, outsider);
            change(payload);
            return reader_line(signer, payload);
        };
        return told_to(outsider);
    }

    // Two lines, the second after the first.
    std::string two_lines(const Person& first, const Person& then, const Person& by,
                          bool linked = true, std::chrono::hours later = std::chrono::hours(2)) {
        const auto line = reader_line(member, first);
        auto payload = reader_payload(by, then);
        const auto bytes = base::as_bytes(std::string_view(line).substr(0, line.size() - 1));
        if (linked) {
            payload["previous"] =
                base::hex_encode(statement::payload_hash(statement::parse_envelope(bytes)));
        }
        payload["time"] = base::to_string(now + later);
        return line + reader_line(by, payload);
    }

    Person third{"a third"};
};

}  // namespace

TEST_CASE("a reader whom a recipient added is accepted, and told of") {
    AddedScene made;
    made.added = [&] { return made.reader_line(made.member, made.outsider); };
    CHECK(made.told_to(made.outsider) == "");
    const auto opened = made.opened();
    REQUIRE(opened.verification.readers.size() == 1);
    CHECK(opened.verification.readers[0].reader.fingerprint == made.outsider.fingerprint());
    CHECK(opened.verification.readers[0].by.fingerprint == made.member.fingerprint());
    const auto lines = bundle::describe(opened.verification);
    CHECK(std::ranges::count_if(lines, [&](const std::string& line) {
              return line.starts_with("read too by card " +
                                      statement::to_text(made.outsider.fingerprint()));
          }) == 1);
}

TEST_CASE("several readers are added one after the other, by any recipient") {
    AddedScene made;
    made.readers.push_back(&made.third);
    made.added = [&] { return made.two_lines(made.outsider, made.third, made.second); };
    CHECK(made.told_to(made.third) == "");
    CHECK(made.opened().verification.readers.size() == 2);
}

TEST_CASE("a reader of whom no line tells, or a line without a reader, is refused") {
    AddedScene made;
    const std::string why =
        "forged: the bundle's case key is for another number of readers than are named";
    SUBCASE("no line") {
        CHECK(made.told_to(made.member) == why);
    }
    SUBCASE("no stanza") {
        made.readers.pop_back();
        made.added = [&] { return made.reader_line(made.member, made.outsider); };
        CHECK(made.told_to(made.member) == why);
    }
}

TEST_CASE("a reader added by one to whom the bundle was not sealed is refused") {
    const std::string why =
        "forged: a reader was added by somebody to whom the bundle was not sealed";
    AddedScene made;
    SUBCASE("by the owner") {
        made.added = [&] { return made.reader_line(made.owner, made.outsider); };
    }
    SUBCASE("by themselves") {
        made.added = [&] { return made.reader_line(made.outsider, made.outsider); };
    }
    SUBCASE("by an added reader") {
        made.readers.push_back(&made.third);
        made.added = [&] { return made.two_lines(made.outsider, made.third, made.outsider); };
    }
    CHECK(made.told_to(made.member) == why);
}

TEST_CASE("a reader who is one already is refused") {
    const std::string why = "forged: a reader was added who was one already";
    AddedScene made;
    SUBCASE("a recipient") {
        made.added = [&] { return made.reader_line(made.member, made.second); };
    }
    SUBCASE("the same reader twice") {
        made.readers.push_back(&made.third);
        made.added = [&] { return made.two_lines(made.outsider, made.outsider, made.member); };
    }
    CHECK(made.told_to(made.member) == why);
}

TEST_CASE("added readers out of order are refused") {
    const std::string why =
        "forged: the added readers are not in the order in which they were added";
    AddedScene made;
    made.readers.push_back(&made.third);
    SUBCASE("the second follows the seal too") {
        made.added = [&] { return made.two_lines(made.outsider, made.third, made.member, false); };
        CHECK(made.told_to(made.member) == why);
    }
    SUBCASE("the second is earlier") {
        made.added = [&] {
            return made.two_lines(made.outsider, made.third, made.member, true,
                                  std::chrono::hours(0));
        };
        CHECK(made.told_to(made.member) == why);
    }
    SUBCASE("the first is earlier than the seal") {
        CHECK(made.told_with(made.member, [&](base::Json& payload) {
            payload["time"] = base::to_string(made.now - std::chrono::seconds(1));
        }) == why);
    }
    SUBCASE("the first follows another statement") {
        CHECK(made.told_with(made.member, [&](base::Json& payload) {
            payload["previous"] = base::hex_encode(made.chain.front().hash);
        }) == why);
    }
}

TEST_CASE("a line that its actor did not sign is refused") {
    const std::string why =
        "forged: a reader was added without the signature of the recipient who is named";
    AddedScene made;
    SUBCASE("signed by another recipient") {
        CHECK(made.told_with(made.second, [](base::Json&) {}) == why);
    }
    SUBCASE("signed as another kind of message") {
        made.added = [&] {
            const auto payload = base::canonical_json(
                made.reader_payload(made.member, made.outsider), base::JsonText::ascii);
            const auto envelope = statement::sign(statement::kConsentType, base::to_bytes(payload),
                                                  made.member.signer(),
                                                  statement::to_text(made.member.fingerprint()));
            return base::to_string(statement::encode(envelope)) + "\n";
        };
        CHECK(made.told_to(made.member) == why);
    }
}

TEST_CASE("a reader of another bundle is refused") {
    AddedScene made;
    CHECK(made.told_with(made.member, [](base::Json& payload) {
        payload["bundle"] = statement::to_text(test::value_of<statement::BundleId>("another"));
    }) == "forged: a reader was added to another bundle");
}

TEST_CASE("a line of another form is refused") {
    AddedScene made;
    const auto malformed = [](const std::string& told) { return told.starts_with("malformed: "); };
    CHECK(malformed(made.told_with(
        made.member, [](base::Json& payload) { payload["type"] = "reader.remove"; })));
    CHECK(
        malformed(made.told_with(made.member, [](base::Json& payload) { payload["note"] = "x"; })));
    CHECK(
        malformed(made.told_with(made.member, [](base::Json& payload) { payload["salt"] = "x"; })));
    made.added = [] { return std::string("{}\n"); };
    CHECK(malformed(made.told_to(made.member)));
    made.added = [&] {
        auto line = made.reader_line(made.member, made.outsider);
        line.pop_back();
        return line;
    };
    CHECK(made.told_to(made.member) ==
          "malformed: the last line of the list of added readers has no end");
    made.added = [] { return std::string(3000, 'x') + "\n"; };
    CHECK(made.told_to(made.member) ==
          "malformed: the list of added readers has a line that is too long");
}
