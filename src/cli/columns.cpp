#include <cli/columns.hpp>

#include <algorithm>

namespace kluis::cli {

namespace {

// Code points: what a terminal gives one cell, for most scripts.
std::size_t width(const std::string& text) {
    return static_cast<std::size_t>(std::ranges::count_if(
        text, [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

}  // namespace

std::vector<std::string> columns(std::vector<std::string> headings,
                                 std::vector<std::vector<std::string>> rows) {
    if (rows.empty()) {
        return {};
    }
    std::vector<std::size_t> widths(headings.size());
    rows.insert(rows.begin(), std::move(headings));
    for (auto& row : rows) {
        for (std::size_t i = 0; i < row.size(); ++i) {
            if (row[i].empty()) {
                row[i] = "-";
            }
            widths[i] = std::max(widths[i], width(row[i]));
        }
    }
    std::vector<std::string> lines;
    for (const auto& row : rows) {
        std::string line;
        for (std::size_t i = 0; i < row.size(); ++i) {
            line += row[i];
            if (i + 1 < row.size()) {
                line.append(widths[i] - width(row[i]) + 2, ' ');
            }
        }
        lines.push_back(std::move(line));
    }
    return lines;
}

}  // namespace kluis::cli
