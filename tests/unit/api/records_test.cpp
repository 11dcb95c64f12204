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
    const auto document = crypto::random_value<api::DocumentId>();
    return {
        api::ViewBegin{crypto::random_value<api::DossierId>(), api::ViewAs::grantee, head, 4, {}},
        api::ViewBegin{crypto::random_value<api::DossierId>(), api::ViewAs::owner, head, 0,
                       test::some_envelope(person)},
        api::ViewCard{person.card},
        api::ViewStatement{test::some_envelope(person)},
        api::ViewDocument{document, base::Bytes(200, 1), base::Bytes(2080, 2), std::nullopt},
        api::ViewDocument{document, base::Bytes(200, 1), base::Bytes(2080, 2), base::Bytes(300, 3)},
        api::ViewEnd{head},
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

TEST_CASE("a line beyond the limit is refused unread") {
    const base::Bytes line(api::kRecordLimit + 1, '{');
    CHECK(test::refuses(ErrorKind::limit, [&] { return api::parse_record(line); }));
}
