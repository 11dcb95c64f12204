#include "csv.hpp"

namespace kluis::dossier {
namespace {

using base::Error;
using base::ErrorKind;

char separator_of(std::string_view text) {
    bool quoted = false;
    for (const char c : text) {
        if (c == '"') quoted = !quoted;
        if (quoted) continue;
        if (c == '\n') break;
        if (c == ';') return c;
        if (c == ',') break;
    }
    return ',';
}

}  // namespace

CsvReader::CsvReader(std::string_view text, std::size_t most)
    : text_(text), most_(most), separator_(separator_of(text)) {}

void CsvReader::refuse(const char* why) const {
    throw Error(ErrorKind::malformed, "line " + std::to_string(line_) + " of the table " + why);
}

bool CsvReader::line_end() {
    const std::string_view rest = text_.substr(at_);
    const std::size_t size = rest.starts_with("\r\n") ? 2 : rest.starts_with('\n') ? 1 : 0;
    at_ += size;
    if (size > 0) ++line_;
    return size > 0;
}

std::string CsvReader::quoted() {
    std::string value;
    for (;;) {
        const std::size_t quote = text_.find('"', at_);
        if (quote == std::string_view::npos) refuse("begins a quotation that never ends");
        value += text_.substr(at_, quote - at_);
        at_ = quote + 1;
        if (!text_.substr(at_).starts_with('"')) return value;
        value += '"';
        ++at_;
    }
}

std::string CsvReader::field() {
    std::string value;
    if (text_.substr(at_).starts_with('"')) {
        ++at_;
        value = quoted();
        const std::string_view rest = text_.substr(at_);
        if (!rest.empty() && rest[0] != separator_ && rest[0] != '\n' &&
            !rest.starts_with("\r\n")) {
            refuse("has text after a closing quote");
        }
        line_ += static_cast<std::size_t>(std::ranges::count(value, '\n'));
    } else {
        const char stops[] = {separator_, '\r', '\n', '"'};
        const std::size_t end =
            std::min(text_.find_first_of(std::string_view(stops, sizeof stops), at_), text_.size());
        value = text_.substr(at_, end - at_);
        at_ = end;
        const std::string_view rest = text_.substr(at_);
        if (rest.starts_with('"')) refuse("has a quote within a field that is not quoted");
        if (rest.starts_with('\r') && !rest.starts_with("\r\n"))
            refuse("has a lone carriage return");
    }
    if (value.size() > most_) {
        throw Error(ErrorKind::limit, "line " + std::to_string(line_) +
                                          " of the table has a field " + "longer than " +
                                          std::to_string(most_) + " bytes");
    }
    return value;
}

bool CsvReader::next(CsvRow& row) {
    while (line_end()) {
    }
    if (at_ == text_.size()) return false;
    row.line = line_;
    row.fields.clear();
    row.fields.push_back(field());
    while (at_ < text_.size() && text_[at_] == separator_) {
        ++at_;
        row.fields.push_back(field());
    }
    line_end();
    return true;
}

}  // namespace kluis::dossier
