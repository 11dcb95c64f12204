#include <kluis/base/text.hpp>
#include <kluis/dossier/media_type.hpp>

namespace kluis::dossier {
namespace {

struct Mark {
    std::size_t at;
    std::string_view bytes;
    std::string_view type;
};

using namespace std::string_view_literals;

// In this order: a more telling mark before a more general one.
constexpr Mark kMarks[] = {
    {0, "%PDF-"sv, "application/pdf"},
    {0, "\xff\xd8\xff"sv, "image/jpeg"},
    {0, "\x89PNG\r\n\x1a\n"sv, "image/png"},
    {0, "II*\0"sv, "image/tiff"},
    {0, "MM\0*"sv, "image/tiff"},
    {8, "WEBP"sv, "image/webp"},
    {4, "ftypheic"sv, "image/heic"},
    {4, "ftypheix"sv, "image/heic"},
    {4, "ftypmif1"sv, "image/heic"},
    {4, "ftypM4A"sv, "audio/mp4"},
    {4, "ftyp"sv, "video/mp4"},
    {0, "ID3"sv, "audio/mpeg"},
};

struct Ending {
    std::string_view ending;
    std::string_view type;
};

// Formats that are a zip file inside.
constexpr Ending kZipped[] = {
    {".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
    {".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
    {".odt", "application/vnd.oasis.opendocument.text"},
    {".ods", "application/vnd.oasis.opendocument.spreadsheet"},
};

// Formats of plain text, which have no mark.
constexpr Ending kPlain[] = {
    {".txt", "text/plain"},
    {".csv", "text/csv"},
    {".eml", "message/rfc822"},
};

constexpr std::string_view kZip = "application/zip";

// `otherwise` if the name has none of the endings.
template <std::size_t N>
std::string_view by_ending(const Ending (&endings)[N], std::string_view name,
                           std::string_view otherwise) {
    for (const auto& [ending, type] : endings)
        if (name.ends_with(ending)) return type;
    return otherwise;
}

// An MPEG audio frame: eleven bits set, then no reserved version, layer III.
bool is_mp3_frame(std::string_view first) {
    return first.size() >= 2 && first[0] == '\xff' && (first[1] & 0xe6) == 0xe2 &&
           (first[1] & 0x18) != 0x08;
}

}  // namespace

std::string_view media_type(std::string_view original_name, base::ByteView first_bytes) {
    const std::string name = base::lower_ascii(original_name);
    const std::string_view first = base::as_text(first_bytes);
    for (const auto& [at, bytes, type] : kMarks)
        if (first.size() >= at && first.substr(at).starts_with(bytes)) return type;
    if (first.starts_with("PK\x03\x04")) return by_ending(kZipped, name, kZip);
    if (name.ends_with(".mp3") && is_mp3_frame(first)) return "audio/mpeg";
    if (first.find('\0') != std::string_view::npos) return kUnknownMediaType;
    return by_ending(kPlain, name, kUnknownMediaType);
}

}  // namespace kluis::dossier
