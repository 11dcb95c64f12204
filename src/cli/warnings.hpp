// The domain's warnings as lines for people.
//
// Thread-safety: pure functions.
#pragma once

#include <kluis/dossier/warning.hpp>

#include <string>
#include <vector>

namespace kluis::cli {

// A sentence for each, in English, naming the document that it is about; of very many the first,
// and how many more there are.
std::vector<std::string> warning_lines(const std::vector<dossier::Warning>& warnings);

}  // namespace kluis::cli
