// RFC 4180, strictly: the fields of a table, without their meaning.
#pragma once

#include <kluis/base/bytes.hpp>

namespace kluis::dossier {

struct CsvRow {
    std::size_t line = 0;  // from 1, where the row begins
    std::vector<std::string> fields;
};

// Reads one row after the other. Fields are separated by `,` or `;`, whichever stands first outside
// quotes in the first row; rows end with LF or CRLF, the last one also with the end of the text;
// empty lines are passed over.
class CsvReader {
  public:
    // `text` must outlive this. Fields have at most `most` bytes.
    CsvReader(std::string_view text, std::size_t most);

    // Whether there was another row, now in `row`. Throws Error(malformed) or Error(limit), naming
    // the line: a quote within an unquoted field or after a quoted one, a quote that is never
    // closed, a lone CR, a field that is too long.
    bool next(CsvRow& row);

  private:
    // The field at `at_`, which is left at the separator or line end behind it.
    std::string field();
    std::string quoted();
    // Passes a line end, if there is one here.
    bool line_end();
    [[noreturn]] void refuse(const char* why) const;

    std::string_view text_;
    std::size_t most_;
    std::size_t at_ = 0;
    std::size_t line_ = 1;
    char separator_ = ',';
};

}  // namespace kluis::dossier
