// Lists in columns, for people.
//
// Thread-safety: pure functions.
#pragma once

#include <string>
#include <vector>

namespace kluis::cli {

// One line for the headings and one for each row, every column as wide as its widest text; an empty
// text is shown as "-". No lines if there are no rows. REQUIRES: printable UTF-8; rows as long as
// `headings`.
std::vector<std::string> columns(std::vector<std::string> headings,
                                 std::vector<std::vector<std::string>> rows);

}  // namespace kluis::cli
