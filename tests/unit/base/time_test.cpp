#include "support/random.hpp"
#include "support/refusal.hpp"

#include <kluis/base/time.hpp>

#include <doctest/doctest.h>

using namespace kluis::base;
using kluis::test::refuses;

TEST_CASE("known moments are written and read") {
    const std::pair<std::int64_t, const char*> cases[] = {
        {0, "1970-01-01T00:00:00Z"},
        {1, "1970-01-01T00:00:01Z"},
        {-1, "1969-12-31T23:59:59Z"},
        {951'782'400, "2000-02-29T00:00:00Z"},
        {1'700'000'000, "2023-11-14T22:13:20Z"},
        {4'102'444'800, "2100-01-01T00:00:00Z"},
        {-62'167'219'200, "0000-01-01T00:00:00Z"},
        {253'402'300'799, "9999-12-31T23:59:59Z"},
    };
    for (const auto& [seconds, text] : cases) {
        CHECK(to_string(Time{seconds}) == text);
        CHECK(parse_time(text, "time").seconds == seconds);
    }
}

TEST_CASE("a random moment comes back from its text") {
    kluis::test::Random random;
    INFO(random.seed());
    for (int round = 0; round < 5000; ++round) {
        const Time time{static_cast<std::int64_t>(random.below(315'569'520'000)) - 62'167'219'200};
        REQUIRE(parse_time(to_string(time), "time") == time);
        REQUIRE(start_of(date_of(time)) <= time);
        REQUIRE(time < start_of(date_of(time)) + std::chrono::hours(24));
    }
}

TEST_CASE("a time in any other form, or that never was, is refused") {
    for (const char* text : {"",
                             "2026-11-23",
                             "2026-11-23T10:00:00",
                             "2026-11-23T10:00:00z",
                             "2026-11-23t10:00:00Z",
                             "2026-11-23 10:00:00Z",
                             "2026-11-23T10:00:00+00:00",
                             "2026-11-23T10:00:00.0Z",
                             "2026-11-23T24:00:00Z",
                             "2026-11-23T10:60:00Z",
                             "2016-12-31T23:59:60Z",
                             "2023-02-29T00:00:00Z",
                             "2026-13-01T00:00:00Z",
                             "2026-00-01T00:00:00Z",
                             "2026-01-00T00:00:00Z",
                             "2026-04-31T00:00:00Z",
                             "1900-02-29T00:00:00Z",
                             "+2026-11-23T10:00:00",
                             "-026-11-23T10:00:00Z",
                             "2026-1-23T10:00:00Z",
                             " 2026-11-23T10:00:00Z",
                             "2026-11-23T10:00:00Z\n",
                             "2026-11-23T1 :00:00Z"}) {
        CAPTURE(text);
        CHECK(refuses(ErrorKind::malformed, [&] { return parse_time(text, "time"); }));
    }
}

TEST_CASE("a date is read in one form only, and only if it is a real day") {
    CHECK(parse_date("2024-02-29", "date") == Date{2024, 2, 29});
    CHECK(to_string(Date{7, 1, 9}) == "0007-01-09");
    for (const char* text : {"", "2023-02-29", "2024-2-29", "2024-02-30", "2024-02-29T00:00:00Z",
                             "29-02-2024", "2024/02/29", "2024-02-29 ", "20240229"}) {
        CAPTURE(text);
        CHECK(refuses(ErrorKind::malformed, [&] { return parse_date(text, "date"); }));
    }
}

TEST_CASE("a moment outside the years 0000 to 9999 is a defect to write") {
    CHECK(refuses(ErrorKind::internal, [] { return to_string(Time{253'402'300'800}); }));
    CHECK(refuses(ErrorKind::internal, [] { return to_string(Time{-62'167'219'201}); }));
    CHECK(refuses(ErrorKind::internal, [] { return to_string(Date{2023, 2, 29}); }));
}

TEST_CASE("the system's clock stands between its neighbours") {
    const auto before = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
    const Time now = system_clock().now();
    const auto after = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
    CHECK(now.seconds >= before);
    CHECK(now.seconds <= after);
}
