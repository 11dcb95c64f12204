#include "fixture.hpp"
#include "support/refusal.hpp"

#include <doctest/doctest.h>

using namespace kluis;
using base::ErrorKind;
using test::Person;

namespace {

std::vector<api::ViewRecord> some_records() {
    const Person person;
    const auto head = crypto::random_value<api::Digest>();
    const auto id = crypto::random_value<api::DossierId>();
    const auto document = crypto::random_value<api::DocumentId>();
    return {
        api::ViewBegin{id, api::ViewAs::owner, head, 4, {}, {}},
        api::ViewBegin{id, api::ViewAs::depositor, head, {}, {}, {}},
        api::ViewBegin{id, api::ViewAs::grantee, {}, {}, head, {}},
        api::ViewBegin{id, api::ViewAs::owner, head, {}, {}, test::some_envelope(person)},
        api::ViewBegin{id, api::ViewAs::grantee, head, {}, {}, test::some_envelope(person)},
        api::ViewCard{person.card},
        api::ViewStatement{test::some_envelope(person)},
        api::ViewDocument{document, base::Bytes(200, 1), base::Bytes(2080, 2), std::nullopt},
        api::ViewDocument{document, base::Bytes(200, 1), base::Bytes(2080, 2), base::Bytes(300, 3)},
        api::ViewEnd{head, {}},
        api::ViewEnd{{}, head},
    };
}

}  // namespace

TEST_CASE("each line of a view comes back as the record that it was") {
    for (const api::ViewRecord& record : some_records()) {
        const std::string line = api::encode_record(record);
        REQUIRE(line.ends_with('\n'));
        CHECK(line.find('\n') == line.size() - 1);
        const base::ByteView without = base::as_bytes(line).first(line.size() - 1);
        const api::ViewRecord parsed = api::parse_record(without);
        CHECK(parsed.index() == record.index());
        CHECK(api::encode_record(parsed) == line);
        CHECK(test::refuses(ErrorKind::malformed,
                            [&] { return api::parse_record(base::as_bytes(line)); }));
    }
}

TEST_CASE("a line that is cut short or altered in its form is refused") {
    for (const api::ViewRecord& record : some_records()) {
        const std::string line = api::encode_record(record);
        for (const std::size_t size : {std::size_t{0}, line.size() / 2, line.size() - 2}) {
            CHECK(test::refuses(ErrorKind::malformed, [&] {
                return api::parse_record(base::as_bytes(line).first(size));
            }));
        }
    }
}

TEST_CASE("a line of an unknown record, or with a surplus member, is refused") {
    for (const char* line : {R"({"record":"more"})", R"({"head":"00","record":"end"})",
                             R"({"card":"x","record":"card"})", R"([])"}) {
        CHECK(test::refuses(ErrorKind::malformed,
                            [&] { return api::parse_record(base::as_bytes(line)); }));
    }
}

TEST_CASE("a view's beginning with a head or length that its viewer is not told is refused") {
    const auto head = crypto::random_value<api::Digest>();
    for (const api::ViewBegin& begin :
         {api::ViewBegin{{}, api::ViewAs::grantee, head, {}, {}, {}},
          api::ViewBegin{{}, api::ViewAs::grantee, {}, 4, head, {}},
          api::ViewBegin{{}, api::ViewAs::grantee, head, {}, head, {}},
          api::ViewBegin{{}, api::ViewAs::depositor, head, 4, {}, {}},
          api::ViewBegin{{}, api::ViewAs::owner, head, {}, {}, {}}}) {
        const std::string line = api::encode_record(begin);
        CHECK(test::refuses(ErrorKind::malformed, [&] {
            return api::parse_record(base::as_bytes(line).first(line.size() - 1));
        }));
    }
}

TEST_CASE("each line of a record of reads comes back, and no other form does") {
    for (const api::ReadLine& some :
         {api::ReadLine(api::ReadEntry{7, base::Bytes(300, 1)}), api::ReadLine(api::ReadsEnd{})}) {
        const std::string line = api::encode_read(some);
        REQUIRE(line.ends_with('\n'));
        const auto without = base::as_bytes(line).first(line.size() - 1);
        CHECK(api::encode_read(api::parse_read(without)) == line);
        CHECK(test::refuses(ErrorKind::malformed,
                            [&] { return api::parse_read(base::as_bytes(line)); }));
    }
    for (const char* line : {R"({"place":1,"record":"end"})", R"({"place":1,"record":"read"})",
                             R"({"record":"more"})", ""}) {
        CHECK(test::refuses(ErrorKind::malformed,
                            [&] { return api::parse_read(base::as_bytes(line)); }));
    }
    const base::Bytes line(api::kReadLimit + 1, '{');
    CHECK(test::refuses(ErrorKind::limit, [&] { return api::parse_read(line); }));
}

TEST_CASE("a line beyond the limit is refused unread") {
    const base::Bytes line(api::kRecordLimit + 1, '{');
    CHECK(test::refuses(ErrorKind::limit, [&] { return api::parse_record(line); }));
}
