#include <kluis/base/text.hpp>

#include <cli/context.hpp>
#include <cli/passphrase.hpp>
#include <client/http_service.hpp>

#include <iostream>

namespace kluis::cli {

namespace {

using base::Error;
using base::ErrorKind;

}  // namespace

client::Environment Context::environment() const {
    return {client::Home::of_environment(), client::http_service, client::load_trust(anchors)};
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
    auto client = client::Client::open(environment_now, account::Passphrase::parse(read_passphrase(
                                                            passphrase_file, "passphrase")));
    for (const auto& notice : client.notices()) {
        std::cerr << "kluis: note: " << notice.text << '\n';
    }
    return client;
}

void Context::show(const base::Json& json_result, const std::vector<std::string>& lines) const {
    if (json) {
        std::cout << base::canonical_json(json_result, base::JsonText::utf8) << '\n';
    } else {
        for (const auto& line : lines) {
            std::cout << line << '\n';
        }
    }
    std::cout << std::flush;
    if (!std::cout) {
        throw Error(ErrorKind::storage, "the result could not be written");
    }
}

bool Context::show_alarms(const std::vector<client::Alarm>& alarms) const {
    for (const auto& alarm : alarms) {
        std::cerr << "kluis: ALARM: " << base::printable(alarm.text);
        if (alarm.document) {
            std::cerr << " (document " << statement::to_text(*alarm.document) << ")";
        }
        std::cerr << '\n';
    }
    return !alarms.empty();
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

}  // namespace kluis::cli
