#include <kluis/base/error.hpp>
#include <kluis/base/time.hpp>

namespace kluis::base {
namespace {

constexpr std::string_view kDatePattern = "0000-00-00";
constexpr std::string_view kTimePattern = "0000-00-00T00:00:00Z";

// Whether `text` has a digit wherever `pattern` has 0, and the pattern's characters elsewhere.
bool has_form(std::string_view text, std::string_view pattern) {
    if (text.size() != pattern.size()) return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool digit = text[i] >= '0' && text[i] <= '9';
        if (pattern[i] == '0' ? !digit : text[i] != pattern[i]) return false;
    }
    return true;
}

// REQUIRES: only digits.
unsigned number(std::string_view digits) {
    unsigned value = 0;
    for (char c : digits)
        value = value * 10 + static_cast<unsigned>(c - '0');
    return value;
}

void append_number(std::string& out, unsigned value, std::size_t width) {
    const std::string digits = std::to_string(value);
    out.append(width - digits.size(), '0').append(digits);
}

std::chrono::year_month_day calendar(Date date) {
    return {std::chrono::year(date.year), std::chrono::month(date.month),
            std::chrono::day(date.day)};
}

}  // namespace

std::string to_string(Date date) {
    if (date.year < 0 || date.year > 9999 || !calendar(date).ok()) {
        throw Error(ErrorKind::internal, "a date lies outside the calendar");
    }
    std::string text;
    append_number(text, static_cast<unsigned>(date.year), 4);
    append_number(text += '-', date.month, 2);
    append_number(text += '-', date.day, 2);
    return text;
}

Date parse_date(std::string_view text, std::string_view what) {
    if (has_form(text, kDatePattern)) {
        const Date date{static_cast<int>(number(text.substr(0, 4))), number(text.substr(5, 2)),
                        number(text.substr(8, 2))};
        if (calendar(date).ok()) return date;
    }
    throw Error(ErrorKind::malformed, std::string(what) + " is not a date written as YYYY-MM-DD");
}

std::string to_string(Time time) {
    std::string text = to_string(date_of(time));
    const auto second = static_cast<unsigned>(time.seconds - start_of(date_of(time)).seconds);
    append_number(text += 'T', second / 3600, 2);
    append_number(text += ':', second / 60 % 60, 2);
    append_number(text += ':', second % 60, 2);
    return text += 'Z';
}

Time parse_time(std::string_view text, std::string_view what) {
    if (has_form(text, kTimePattern)) {
        const unsigned hour = number(text.substr(11, 2));
        const unsigned minute = number(text.substr(14, 2));
        const unsigned second = number(text.substr(17, 2));
        if (hour < 24 && minute < 60 && second < 60) {
            const Time day = start_of(parse_date(text.substr(0, 10), what));
            return {day.seconds + hour * 3600 + minute * 60 + second};
        }
    }
    throw Error(ErrorKind::malformed,
                std::string(what) + " is not a time written as YYYY-MM-DDThh:mm:ssZ");
}

Date date_of(Time time) {
    const std::chrono::sys_seconds moment{std::chrono::seconds(time.seconds)};
    const std::chrono::year_month_day day(std::chrono::floor<std::chrono::days>(moment));
    return {static_cast<int>(day.year()), static_cast<unsigned>(day.month()),
            static_cast<unsigned>(day.day())};
}

Time start_of(Date date) {
    const std::chrono::sys_seconds moment = std::chrono::sys_days(calendar(date));
    return {moment.time_since_epoch().count()};
}

namespace {

class SystemClock final : public Clock {
  public:
    Time now() const override {
        const auto now = std::chrono::system_clock::now();
        return {std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count()};
    }
};

}  // namespace

const Clock& system_clock() {
    static const SystemClock clock;
    return clock;
}

}  // namespace kluis::base
