#include "target.hpp"

#include <kluis/dossier/table.hpp>

using namespace kluis;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const base::ByteView input(data, size);
    const auto rows = fuzz::parsed([&] { return dossier::parse_table(input); });
    if (!rows) return 0;
    std::size_t line = 1;
    for (const dossier::TableRow& row : *rows) {
        fuzz::require(!row.file.empty() && row.line > line);
        line = row.line;
        dossier::Metadata metadata;
        metadata.title = row.title.empty() ? dossier::title_from_name(row.file) : row.title;
        metadata.name = metadata.type = "x";
        metadata.kind = row.kind.empty() ? "other" : row.kind;
        metadata.criteria = row.criteria;
        metadata.period = row.period;
        metadata.issuer = row.issuer;
        metadata.language = row.language;
        metadata.note = row.note;
        metadata.subject = row.subject;
        fuzz::require(dossier::parse_metadata(encode_padded(metadata)) == metadata);
    }
    return 0;
}
