#include <kluis/base/file.hpp>
#include <kluis/base/json.hpp>
#include <kluis/base/text.hpp>

#include <cli/exit_codes.hpp>
#include <cli/output.hpp>
#include <unistd.h>

#include <cstdio>
#include <mutex>
#include <string>

namespace kluis::cli {
namespace {

struct Status {
    std::mutex mutex;
    bool drawn = false;
    bool ended = false;

    void take_away() {
        if (drawn) std::fputs("\r\x1b[K", stderr);
        drawn = false;
    }
};

// The one status line of the program's one terminal.
Status status;

}  // namespace
base::Json error_json(const base::Error& error) {
    const char* kind = base::name(error.kind());
    base::Json json{{"kind", kind},
                    {"code", error.code().empty() ? std::string(kind) : error.code()},
                    {"message", error.what()}};
    if (!error.hint().empty()) json["hint"] = error.hint();
    return json;
}

int report(const base::Error& error, bool json, const std::vector<std::string>& notices) noexcept {
    try {
        if (json) {
            base::Json all{{"error", error_json(error)}};
            base::Json::Array told(notices.begin(), notices.end());
            if (!told.empty()) all["notices"] = std::move(told);
            note(base::canonical_json(all, base::JsonText::utf8));
        } else {
            note("kluis: " + base::printable(error.what()));
            if (!error.hint().empty()) note("kluis: hint: " + base::printable(error.hint()));
        }
    } catch (...) {
        std::fputs("kluis: the error could not be shown\n", stderr);
    }
    return exit_code(error.kind());
}

int report_other(std::string_view what, bool json) noexcept {
    report(base::Error(base::ErrorKind::internal, std::string(what)), json);
    return kExitOther;
}

void note(std::string_view line) {
    const std::string text = std::string(line) + '\n';
    const std::lock_guard lock(status.mutex);
    status.take_away();
    std::fwrite(text.data(), 1, text.size(), stderr);
}

void print(std::string_view line) {
    begin_result();
    base::StandardOutput().write(base::as_bytes(std::string(line) + '\n'));
}

void show_status(std::string_view line) {
    const std::lock_guard lock(status.mutex);
    if (line.empty()) {
        status.take_away();
    } else if (!status.ended && is_terminal(STDERR_FILENO)) {
        const std::string text = "\r" + std::string(line) + "\x1b[K";
        std::fwrite(text.data(), 1, text.size(), stderr);
        status.drawn = true;
    }
}

void begin_result() {
    const std::lock_guard lock(status.mutex);
    status.take_away();
    status.ended = true;
}

bool is_terminal(int descriptor) noexcept {
    return ::isatty(descriptor) == 1;
}

}  // namespace kluis::cli
