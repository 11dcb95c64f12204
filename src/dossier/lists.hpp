// Lists of document ids and of years as our JSON has them.
#pragma once

#include <kluis/dossier/entry.hpp>

namespace kluis::dossier {

// Ascending by the text of the id, never by what base32 stands for.
void sort_by_text(std::vector<DocumentId>& ids);

base::Json list_of(const std::vector<DocumentId>& ids);
base::Json list_of(const std::vector<YearRange>& ranges);

}  // namespace kluis::dossier
