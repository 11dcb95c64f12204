#include "csv.hpp"
#include "text.hpp"

#include <kluis/base/text.hpp>
#include <kluis/dossier/table.hpp>

namespace kluis::dossier {
namespace {

using base::Error;
using base::ErrorKind;

constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";
constexpr std::size_t kFileLimit = 4096;

void set_line(std::string& to, std::string_view value, std::size_t most) {
    require_optional_text(value, most, Characters::line, "the value");
    to = value;
}

void set_file(std::string& to, std::string_view value) {
    require_optional_text(value, kFileLimit, Characters::any, "the value");
    to = value;
}

void set_date(std::optional<base::Date>& to, std::string_view value) {
    if (!value.empty()) to = base::parse_date(value, "the value");
}

void set_criteria(std::set<std::string>& to, std::string_view value) {
    while (!value.empty()) {
        const std::string_view code = value.substr(0, value.find(' '));
        value.remove_prefix(std::min(code.size() + 1, value.size()));
        if (code.empty()) continue;
        require_code(code, "the value");
        to.emplace(code);
    }
    if (to.size() > kCriteriaLimit) {
        throw Error(ErrorKind::limit,
                    "the value has more than " + std::to_string(kCriteriaLimit) + " codes");
    }
}

struct Column {
    std::string_view name;
    void (*set)(TableRow& row, std::string_view value);
};

constexpr Column kColumns[] = {
    {"file", [](TableRow& row, std::string_view value) { set_file(row.file, value); }},
    {"title",
     [](TableRow& row, std::string_view value) { set_line(row.title, value, kTitleLimit); }},
    {"kind",
     [](TableRow& row, std::string_view value) {
         if (!value.empty()) require_code(value, "the value");
         row.kind = value;
     }},
    {"criterion", [](TableRow& row, std::string_view value) { set_criteria(row.criteria, value); }},
    {"from", [](TableRow& row, std::string_view value) { set_date(row.period.from, value); }},
    {"to", [](TableRow& row, std::string_view value) { set_date(row.period.to, value); }},
    {"issuer",
     [](TableRow& row, std::string_view value) { set_line(row.issuer, value, kIssuerLimit); }},
    {"language",
     [](TableRow& row, std::string_view value) { set_line(row.language, value, kLanguageLimit); }},
    {"note",
     [](TableRow& row, std::string_view value) {
         require_optional_text(value, kNoteLimit, Characters::paragraph, "the value");
         row.note = value;
     }},
    {"original-at",
     [](TableRow& row, std::string_view value) {
         require_optional_text(value, kPaperLimit, Characters::paragraph, "the value");
         row.original_at = value;
     }},
    {"translation-of",
     [](TableRow& row, std::string_view value) { set_file(row.translation_of, value); }},
    {"redaction-of",
     [](TableRow& row, std::string_view value) { set_file(row.redaction_of, value); }},
    {"subject",
     [](TableRow& row, std::string_view value) { set_line(row.subject, value, kSubjectLimit); }},
    {"preview", [](TableRow& row, std::string_view value) { set_file(row.preview, value); }},
};

std::string place(std::size_t line, std::string_view column) {
    return "line " + std::to_string(line) + " of the table, column '" + std::string(column) + "': ";
}

std::vector<const Column*> parse_header(const CsvRow& header) {
    std::vector<const Column*> columns;
    for (const std::string& name : header.fields) {
        const auto* column = std::ranges::find(kColumns, name, &Column::name);
        if (column == std::end(kColumns)) {
            throw Error(ErrorKind::malformed, "the table has an unknown column '" +
                                                  base::printable(name.substr(0, 64)) + "'");
        }
        if (std::ranges::find(columns, column) != columns.end()) {
            throw Error(ErrorKind::malformed, "the table has the column '" + name + "' twice");
        }
        columns.push_back(column);
    }
    if (std::ranges::find(columns, &kColumns[0]) == columns.end()) {
        throw Error(ErrorKind::malformed, "the table has no column 'file'");
    }
    return columns;
}

TableRow parse_row(const CsvRow& fields, const std::vector<const Column*>& columns) {
    if (fields.fields.size() != columns.size()) {
        throw Error(ErrorKind::malformed,
                    "line " + std::to_string(fields.line) + " of the table has " +
                        std::to_string(fields.fields.size()) + " fields, its first line " +
                        std::to_string(columns.size()));
    }
    TableRow row;
    row.line = fields.line;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        try {
            columns[i]->set(row, fields.fields[i]);
        } catch (const Error& error) {
            throw Error(error.kind(), place(fields.line, columns[i]->name) + error.what());
        }
    }
    if (row.file.empty()) {
        throw Error(ErrorKind::malformed, place(fields.line, "file") + "the value is empty");
    }
    return row;
}

}  // namespace

std::vector<TableRow> parse_table(base::ByteView file) {
    if (file.size() > kTableLimit) {
        throw Error(ErrorKind::limit,
                    "the table is larger than " + std::to_string(kTableLimit >> 20) + " MiB");
    }
    if (!base::is_utf8(file)) {
        throw Error(ErrorKind::malformed, "the table is not valid UTF-8",
                    "save it as CSV with the character set UTF-8");
    }
    std::string_view text = base::as_text(file);
    if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
    CsvReader reader(text, kTableFieldLimit);
    CsvRow fields;
    if (!reader.next(fields)) throw Error(ErrorKind::malformed, "the table is empty");
    const std::vector<const Column*> columns = parse_header(fields);
    std::vector<TableRow> rows;
    while (reader.next(fields)) {
        if (rows.size() == kTableRowsLimit) {
            throw Error(ErrorKind::limit,
                        "the table has more than " + std::to_string(kTableRowsLimit) + " rows");
        }
        rows.push_back(parse_row(fields, columns));
    }
    return rows;
}

}  // namespace kluis::dossier
