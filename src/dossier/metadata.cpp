#include "text.hpp"

#include <kluis/base/padded_json.hpp>
#include <kluis/base/text.hpp>
#include <kluis/dossier/metadata.hpp>

namespace kluis::dossier {
namespace {

using base::Error;
using base::ErrorKind;
using base::Json;
using base::JsonMembers;

constexpr base::PaddedRange kPadded = {kLeastMetadata, kMostMetadata};

void check(const Metadata& metadata) {
    require_text(metadata.title, kTitleLimit, Characters::line, "the title");
    require_text(metadata.name, kNameLimit, Characters::any, "the original name");
    require_text(metadata.type, kTypeLimit, Characters::line, "the media type");
    require_code(metadata.kind, "the kind");
    if (metadata.criteria.size() > kCriteriaLimit) {
        throw Error(ErrorKind::limit,
                    "there are more than " + std::to_string(kCriteriaLimit) + " criteria");
    }
    for (const std::string& criterion : metadata.criteria)
        require_code(criterion, "a criterion");
    require_optional_text(metadata.subject, kSubjectLimit, Characters::line, "the subject");
    require_optional_text(metadata.issuer, kIssuerLimit, Characters::line, "the issuer");
    require_optional_text(metadata.language, kLanguageLimit, Characters::line, "the language");
    require_optional_text(metadata.note, kNoteLimit, Characters::paragraph, "the note");
}

void check(const Word& word) {
    require_optional_text(word.paper, kPaperLimit, Characters::paragraph,
                          "where the paper original is");
}

// Without what says of which type the file is: a last dot and up to five letters and digits, a
// letter among them ("letter.pdf", not "version 1.2").
std::string_view without_extension(std::string_view name) {
    constexpr std::size_t kLongest = 5;
    const auto dot = name.rfind('.');
    if (dot == std::string_view::npos || dot == 0) return name;
    const std::string_view ending = name.substr(dot + 1);
    const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    const bool is_extension =
        ending.size() <= kLongest && std::ranges::any_of(ending, is_letter) &&
        std::ranges::all_of(ending, [&](char c) { return is_letter(c) || is_digit(c); });
    return is_extension ? name.substr(0, dot) : name;
}

std::set<std::string> parse_criteria(const Json& json) {
    std::set<std::string> criteria;
    for (const Json& item : json.array("'criteria'")) {
        const std::string& code = item.string("a criterion");
        if (!criteria.empty() && *criteria.rbegin() >= code) {
            throw Error(ErrorKind::malformed, "'criteria' is not a set in ascending order");
        }
        criteria.insert(code);
    }
    if (criteria.empty()) throw Error(ErrorKind::malformed, "'criteria' is empty");
    return criteria;
}

std::optional<base::Date> optional_date(JsonMembers& members, std::string_view name) {
    const Json* json = members.optional(name);
    if (!json) return std::nullopt;
    return base::parse_date(json->string(name), "'" + std::string(name) + "'");
}

Period parse_period(const Json& json) {
    JsonMembers members(json, "'period'");
    Period period{optional_date(members, "from"), optional_date(members, "to")};
    members.finish();
    if (!period.known()) throw Error(ErrorKind::malformed, "'period' is empty");
    return period;
}

bool optional_true(JsonMembers& members, std::string_view name) {
    const Json* json = members.optional(name);
    if (!json) return false;
    if (!json->boolean(name)) {
        throw Error(ErrorKind::malformed, "'" + std::string(name) + "' is there but not true");
    }
    return true;
}

std::optional<DocumentId> optional_document(JsonMembers& members, std::string_view name) {
    const Json* json = members.optional(name);
    if (!json) return std::nullopt;
    return statement::parse_id<DocumentId>(json->string(name));
}

}  // namespace

Json to_json(const Metadata& metadata) {
    Json json{{"kind", metadata.kind},
              {"name", metadata.name},
              {"sha256", base::hex_encode(metadata.sha256)},
              {"size", metadata.size},
              {"title", metadata.title},
              {"type", metadata.type}};
    if (!metadata.criteria.empty()) {
        json["criteria"] = Json::Array(metadata.criteria.begin(), metadata.criteria.end());
    }
    if (metadata.period.known()) {
        Json& period = json["period"];
        if (metadata.period.from) period["from"] = to_string(*metadata.period.from);
        if (metadata.period.to) period["to"] = to_string(*metadata.period.to);
    }
    json.put_text("subject", metadata.subject);
    json.put_text("issuer", metadata.issuer);
    json.put_text("language", metadata.language);
    json.put_text("note", metadata.note);
    if (metadata.translation) json["translation"] = true;
    if (metadata.redaction) json["redaction"] = true;
    return json;
}

Metadata parse_metadata(const Json& json) {
    JsonMembers members(json, "metadata");
    Metadata metadata;
    metadata.title = members.string("title");
    metadata.name = members.string("name");
    metadata.type = members.string("type");
    metadata.size = members.integer("size");
    metadata.sha256 = base::from_hex<Digest>(members.string("sha256"), "'sha256' of metadata");
    metadata.kind = members.string("kind");
    if (const Json* criteria = members.optional("criteria")) {
        metadata.criteria = parse_criteria(*criteria);
    }
    if (const Json* period = members.optional("period")) metadata.period = parse_period(*period);
    metadata.subject = members.optional_text("subject");
    metadata.issuer = members.optional_text("issuer");
    metadata.language = members.optional_text("language");
    metadata.note = members.optional_text("note");
    metadata.translation = optional_true(members, "translation");
    metadata.redaction = optional_true(members, "redaction");
    members.finish();
    check(metadata);
    return metadata;
}

Json to_json(const Word& word) {
    Json json;
    json.put_text("paper", word.paper);
    if (word.translation) json["translation"] = statement::to_text(*word.translation);
    if (word.redaction) json["redaction"] = statement::to_text(*word.redaction);
    return json;
}

Word parse_word(const Json& json) {
    JsonMembers members(json, "a word to the owner");
    Word word;
    word.paper = members.optional_text("paper");
    word.translation = optional_document(members, "translation");
    word.redaction = optional_document(members, "redaction");
    members.finish();
    check(word);
    return word;
}

base::Bytes encode_padded(const Metadata& metadata) {
    check(metadata);
    return base::pad_json(to_json(metadata), kPadded, "metadata");
}

base::Bytes encode_padded(const Word& word) {
    check(word);
    return base::pad_json(to_json(word), kPadded, "a word to the owner");
}

Metadata parse_metadata(base::ByteView padded) {
    return parse_metadata(base::unpad_json(padded, kPadded, "metadata"));
}

Word parse_word(base::ByteView padded) {
    return parse_word(base::unpad_json(padded, kPadded, "a word to the owner"));
}

std::string title_from_name(std::string_view name) {
    name = without_extension(name);
    std::string title;
    std::size_t characters = 0;
    for (std::size_t i = 0; i < name.size() && characters < kTitleLimit; ++characters) {
        std::size_t end = i + 1;
        while (end < name.size() && (static_cast<std::uint8_t>(name[end]) & 0xc0) == 0x80)
            ++end;
        const std::string_view point = name.substr(i, end - i);
        const bool control = static_cast<std::uint8_t>(point[0]) < 0x20 || point == "\x7f" ||
                             (point >= "\xc2\x80" && point <= "\xc2\x9f");
        title += control ? std::string_view(" ") : point;
        i = end;
    }
    return title.empty() ? "-" : title;
}

}  // namespace kluis::dossier
