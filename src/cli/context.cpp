#include <kluis/base/text.hpp>

#include <cli/context.hpp>
#include <cli/output.hpp>
#include <cli/passphrase.hpp>
#include <client/http_service.hpp>

namespace kluis::cli {

namespace {

using base::Error;
using base::ErrorKind;

}  // namespace

client::Environment Context::environment() const {
    client::Environment environment{client::Home::of_environment(), client::http_service,
                                    client::load_trust(anchors)};
    environment.tell = [this](const client::Notice& told) { notice(told.text); };
    return environment;
}

bool Context::can_unlock() const {
    return !passphrase_file.empty() || has_terminal();
}

client::Client Context::open() const {
    const auto environment_now = environment();
    if (!environment_now.home.account()) {
        throw Error(ErrorKind::not_found, "there is no account on this device",
                    "make one with `kluis account create`, or bring one back with "
                    "`kluis account recover`");
    }
    const auto passphrase =
        account::Passphrase::parse(read_passphrase(passphrase_file, "passphrase"));
    remarks->working.emplace();
    return client::Client::open(environment_now, passphrase);
}

void Context::show(base::Json json_result, const std::vector<std::string>& lines) const {
    if (json) {
        print(json_text(std::move(json_result)));
        return;
    }
    for (const auto& line : lines) {
        print(line);
    }
}

std::string Context::json_text(base::Json json_result) const {
    base::Json::Array notices;
    for (const auto& text : remarks->notices) {
        notices.emplace_back(text);
    }
    base::Json::Array alarms;
    for (const auto& alarm : remarks->alarms) {
        base::Json entry{{"text", alarm.text}};
        if (alarm.document) {
            entry["document"] = statement::to_text(*alarm.document);
        }
        if (alarm.signer) {
            entry["signer"] = statement::to_text(*alarm.signer);
        }
        alarms.push_back(std::move(entry));
    }
    if (!notices.empty()) {
        json_result["notices"] = std::move(notices);
    }
    if (!alarms.empty()) {
        json_result["alarms"] = std::move(alarms);
    }
    return base::canonical_json(json_result, base::JsonText::utf8);
}

void Context::notice(const std::string& text) const {
    remarks->notices.push_back(text);
    if (!json) {
        note("kluis: note: " + base::printable(text));
    }
}

void Context::alarm(const std::vector<client::Alarm>& alarms) const {
    for (const auto& alarm : alarms) {
        remarks->alarms.push_back(alarm);
        if (!json) {
            note("kluis: ALARM: " + base::printable(alarm.text) +
                 (alarm.document ? " (document " + statement::to_text(*alarm.document) + ")" : "") +
                 (alarm.signer ? "; so signed by card " + statement::to_text(*alarm.signer) : ""));
        }
    }
}

base::Time parse_until(const std::string& text) {
    try {
        if (text.size() == 10) {
            return base::start_of(base::parse_date(text, "the date")) + std::chrono::hours(24) -
                   std::chrono::seconds(1);
        }
        return base::parse_time(text, "the time");
    } catch (const Error&) {
        throw Error(ErrorKind::usage, "'" + base::printable(text) + "' is no date",
                    "write it as YYYY-MM-DD");
    }
}

std::optional<base::Time> parse_end(const std::string& text, base::Time now) {
    if (text.empty()) {
        return std::nullopt;
    }
    const auto end = parse_until(text);
    if (end <= now) {
        throw Error(ErrorKind::usage, base::printable(text) + " has passed");
    }
    return end;
}

std::optional<base::Date> parse_day(const std::string& text, const char* option) {
    if (text.empty()) {
        return std::nullopt;
    }
    try {
        return base::parse_date(text, option);
    } catch (const Error&) {
        throw Error(ErrorKind::usage,
                    std::string(option) + ": '" + base::printable(text) + "' is no date",
                    "write it as YYYY-MM-DD");
    }
}

statement::Fingerprint parse_read_out(const std::string& text) {
    std::string compact;
    for (const char c : base::lower_ascii(text)) {
        if (c != ' ' && c != '-') {
            compact += c;
        }
    }
    try {
        return statement::parse_id<statement::Fingerprint>(compact);
    } catch (const Error&) {
        throw Error(ErrorKind::usage, "'" + base::printable(text) + "' is no fingerprint",
                    "it has 32 letters and digits, in groups of four");
    }
}

}  // namespace kluis::cli
