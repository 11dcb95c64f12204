// The table of a batch deposit: one row for each file, as a spreadsheet program saves it.
//
// RFC 4180 in UTF-8, with or without byte order mark; separated by `,` or `;`, whichever the first
// line uses; lines end with LF or CRLF; wholly empty lines are passed over. The first line names
// the columns, in any order: file (always), title, kind, criterion (several separated by spaces),
// from, to, issuer, language, note, original-at, translation-of, redaction-of, subject, preview.
//
// Thread-safety: plain values and pure function.
#pragma once

#include <kluis/dossier/metadata.hpp>

namespace kluis::dossier {

inline constexpr std::size_t kTableLimit = 64 * 1024 * 1024;
inline constexpr std::size_t kTableRowsLimit = 100'000;
inline constexpr std::size_t kTableFieldLimit = 64 * 1024;  // bytes

// An empty text is one that was not given.
struct TableRow {
    std::size_t line = 0;  // of the file, from 1, where the row begins
    std::string file;      // never empty; as written: relative to the table's folder
    std::string title;
    std::string kind;  // a code
    std::set<std::string> criteria;
    Period period;
    std::string issuer;
    std::string language;
    std::string note;
    std::string original_at;
    std::string translation_of;  // a document, as a person names it
    std::string redaction_of;
    std::string subject;
    std::string preview;  // a file, like `file`
};

// Throws Error(malformed) or Error(limit), naming line and column: an unknown or repeated column,
// no column `file`, a row of another length, a value that metadata would refuse, bytes that are not
// UTF-8, quotes out of place.
std::vector<TableRow> parse_table(base::ByteView file);

}  // namespace kluis::dossier
