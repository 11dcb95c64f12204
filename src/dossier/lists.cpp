#include "lists.hpp"

namespace kluis::dossier {

void sort_by_text(std::vector<DocumentId>& ids) {
    std::vector<std::pair<std::string, DocumentId>> keyed;
    keyed.reserve(ids.size());
    for (const DocumentId& id : ids)
        keyed.emplace_back(statement::to_text(id), id);
    std::ranges::sort(keyed);
    std::ranges::transform(keyed, ids.begin(), [](const auto& pair) { return pair.second; });
}

base::Json list_of(const std::vector<DocumentId>& ids) {
    base::Json::Array list;
    list.reserve(ids.size());
    for (const DocumentId& id : ids)
        list.emplace_back(statement::to_text(id));
    return list;
}

base::Json list_of(const std::vector<YearRange>& ranges) {
    base::Json::Array list;
    list.reserve(ranges.size());
    for (const YearRange& range : ranges)
        list.push_back(to_json(range));
    return list;
}

}  // namespace kluis::dossier
