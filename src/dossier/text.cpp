#include "text.hpp"

#include <kluis/base/text.hpp>
#include <kluis/dossier/catalogue.hpp>
#include <kluis/dossier/profile.hpp>

namespace kluis::dossier {
namespace {

using base::Error;
using base::ErrorKind;

constexpr std::size_t kCodeLimit = 64;

// C0 and C1 control characters and delete, as UTF-8 has them.
bool is_control(std::string_view text, std::size_t at) {
    const auto byte = static_cast<std::uint8_t>(text[at]);
    if (byte < 0x20 || byte == 0x7f) return true;
    return byte == 0xc2 && static_cast<std::uint8_t>(text[at + 1]) < 0xa0;
}

bool allowed(std::string_view text, Characters characters) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '\0') return false;
        if (characters == Characters::any) continue;
        if (characters == Characters::paragraph && (c == '\n' || c == '\t')) continue;
        if (is_control(text, i)) return false;
    }
    return true;
}

}  // namespace

std::size_t length(std::string_view text) {
    return static_cast<std::size_t>(std::ranges::count_if(
        text, [](char c) { return (static_cast<std::uint8_t>(c) & 0xc0) != 0x80; }));
}

void require_optional_text(std::string_view text, std::size_t most, Characters characters,
                           std::string_view what) {
    const std::string name(what);
    if (!base::is_utf8(base::as_bytes(text))) {
        throw Error(ErrorKind::malformed, name + " is not valid UTF-8");
    }
    if (length(text) > most) {
        throw Error(ErrorKind::limit,
                    name + " is longer than " + std::to_string(most) + " characters");
    }
    if (!allowed(text, characters)) {
        throw Error(ErrorKind::malformed, name + " holds a control character");
    }
}

void require_text(std::string_view text, std::size_t most, Characters characters,
                  std::string_view what) {
    if (text.empty()) throw Error(ErrorKind::malformed, std::string(what) + " is empty");
    require_optional_text(text, most, characters, what);
}

bool is_code(std::string_view text) {
    if (text.empty() || text.size() > kCodeLimit || text.front() == '-' || text.back() == '-') {
        return false;
    }
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        const bool word = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (!word && (c != '-' || text[i - 1] == '-')) return false;
    }
    return true;
}

void require_code(std::string_view text, std::string_view what) {
    if (!is_code(text)) {
        throw Error(ErrorKind::malformed,
                    std::string(what) +
                        " is not a code (lower-case letters and digits, joined by single hyphens)");
    }
}

int year_of(const base::Json& json, std::string_view what) {
    const std::uint64_t year = json.integer(what);
    if (year < static_cast<std::uint64_t>(kEarliestYear) || year > 9999) {
        throw Error(ErrorKind::malformed, "'" + std::string(what) + "' is not a year from " +
                                              std::to_string(kEarliestYear) + " on");
    }
    return static_cast<int>(year);
}

std::optional<int> optional_year(base::JsonMembers& members, std::string_view name) {
    const base::Json* json = members.optional(name);
    if (!json) return std::nullopt;
    return year_of(*json, name);
}

}  // namespace kluis::dossier
