#include <kluis/base/file.hpp>
#include <kluis/base/json.hpp>
#include <kluis/base/text.hpp>

#include <cli/exit_codes.hpp>
#include <cli/output.hpp>
#include <unistd.h>

#include <cstdio>
#include <string>

namespace kluis::cli {
namespace {

void show(const char* kind, std::string_view code, std::string_view message, std::string_view hint,
          bool json) {
    if (json) {
        base::Json error{{"kind", kind}, {"code", code}, {"message", message}};
        if (!hint.empty()) error["hint"] = hint;
        note(base::canonical_json(base::Json{{"error", error}}, base::JsonText::utf8));
        return;
    }
    note("kluis: " + base::printable(message));
    if (!hint.empty()) note("kluis: hint: " + base::printable(hint));
}

}  // namespace

int report(const base::Error& error, bool json) noexcept {
    try {
        const std::string& code = error.code();
        const char* kind = base::name(error.kind());
        show(kind, code.empty() ? kind : code, error.what(), error.hint(), json);
    } catch (...) {
        std::fputs("kluis: the error could not be shown\n", stderr);
    }
    return exit_code(error.kind());
}

int report_other(std::string_view what, bool json) noexcept {
    try {
        show("internal", "internal", what, {}, json);
    } catch (...) {
        std::fputs("kluis: the error could not be shown\n", stderr);
    }
    return kExitOther;
}

void note(std::string_view line) {
    const std::string text = std::string(line) + '\n';
    std::fwrite(text.data(), 1, text.size(), stderr);
}

void print(std::string_view line) {
    base::StandardOutput().write(base::as_bytes(std::string(line) + '\n'));
}

bool is_terminal(int descriptor) noexcept {
    return ::isatty(descriptor) == 1;
}

}  // namespace kluis::cli
