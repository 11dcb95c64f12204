// Points in time at whole seconds (UTC), calendar dates, and the clock.
//
// Thread-safety: plain values; a Clock may be shared between threads.
#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

namespace kluis::base {

// Seconds since 1970-01-01T00:00:00Z, leap seconds not counted. Written `YYYY-MM-DDThh:mm:ssZ`.
struct Time {
    std::int64_t seconds = 0;

    friend auto operator<=>(const Time&, const Time&) = default;
    friend Time operator+(Time t, std::chrono::seconds d) { return {t.seconds + d.count()}; }
    friend Time operator-(Time t, std::chrono::seconds d) { return {t.seconds - d.count()}; }
};

// REQUIRES: the year is between 0000 and 9999.
std::string to_string(Time time);

// Throws Error(malformed) unless `text` is a real moment in exactly that form (no second 60).
Time parse_time(std::string_view text, std::string_view what);

// A day of the proleptic Gregorian calendar, written `YYYY-MM-DD`.
struct Date {
    int year = 1970;
    unsigned month = 1;
    unsigned day = 1;

    friend auto operator<=>(const Date&, const Date&) = default;
};

std::string to_string(Date date);

// Throws Error(malformed) unless `text` is a real day in exactly that form.
Date parse_date(std::string_view text, std::string_view what);

// The day of `time` in UTC, and the first moment of `date` in UTC.
Date date_of(Time time);
Time start_of(Date date);

class Clock {
  public:
    virtual ~Clock() = default;
    virtual Time now() const = 0;
};

// The system's clock.
const Clock& system_clock();

}  // namespace kluis::base
