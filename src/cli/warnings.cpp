#include <cli/warnings.hpp>

namespace kluis::cli {

std::vector<std::string> warning_lines(const std::vector<dossier::Warning>& warnings) {
    constexpr std::size_t kMost = 40;
    std::vector<std::string> lines;
    for (const auto& warning : warnings) {
        if (lines.size() == kMost) {
            lines.push_back("… and " + std::to_string(warnings.size() - kMost) +
                            " more, which --json shows");
            break;
        }
        lines.push_back(dossier::sentence(warning, "en") +
                        (warning.document.empty() ? "" : " (document " + warning.document + ")"));
    }
    return lines;
}

}  // namespace kluis::cli
