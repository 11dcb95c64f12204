#include "json_parts.hpp"

namespace kluis::api {

namespace {

constexpr std::string_view kWhat = "line of a view";

Json json_of(const ViewBegin& begin) {
    Json json{{"as", name(begin.as)},
              {"head", base::hex_encode(begin.head)},
              {"id", statement::to_text(begin.id)},
              {"length", begin.length},
              {"record", "begin"}};
    if (begin.erased) json["erased"] = statement::to_json(*begin.erased);
    return json;
}

Json json_of(const ViewCard& card) {
    return Json{{"card", statement::to_json(card.card)}, {"record", "card"}};
}

Json json_of(const ViewStatement& statement) {
    return Json{{"envelope", statement::to_json(statement.envelope)}, {"record", "statement"}};
}

Json json_of(const ViewDocument& document) {
    Json json{{"header", base::base64_encode(document.header)},
              {"id", statement::to_text(document.id)},
              {"metadata", base::base64_encode(document.metadata)},
              {"record", "document"}};
    if (document.word) json["word"] = base::base64_encode(*document.word);
    return json;
}

Json json_of(const ViewEnd& end) {
    return Json{{"head", base::hex_encode(end.head)}, {"record", "end"}};
}

ViewBegin parse_begin(base::JsonMembers& members) {
    ViewBegin begin;
    begin.id = statement::parse_id<DossierId>(members.string("id"));
    const auto as = view_named(members.string("as"));
    if (!as) throw malformed("there is no such view");
    begin.as = *as;
    begin.head = base::from_hex<Digest>(members.string("head"), "head");
    begin.length = members.integer("length");
    if (const Json* erased = members.optional("erased")) {
        begin.erased = statement::parse_envelope(*erased);
    }
    return begin;
}

ViewDocument parse_document(base::JsonMembers& members) {
    ViewDocument document;
    document.id = statement::parse_id<DocumentId>(members.string("id"));
    document.header = base::base64_decode(members.string("header"), "header");
    document.metadata = base::base64_decode(members.string("metadata"), "metadata");
    if (const Json* word = members.optional("word")) {
        document.word = base::base64_decode(word->string("word"), "word");
    }
    return document;
}

ViewRecord parse_members(base::JsonMembers& members) {
    const std::string& record = members.string("record");
    if (record == "begin") return parse_begin(members);
    if (record == "card") return ViewCard{statement::parse_card(members.required("card"))};
    if (record == "statement") {
        return ViewStatement{statement::parse_envelope(members.required("envelope"))};
    }
    if (record == "document") return parse_document(members);
    if (record == "end") {
        return ViewEnd{base::from_hex<Digest>(members.string("head"), "head")};
    }
    throw malformed("there is no such line in a view");
}

}  // namespace

std::string encode_record(const ViewRecord& record) {
    const Json json = std::visit([](const auto& value) { return json_of(value); }, record);
    return base::canonical_json(json, base::JsonText::ascii) + "\n";
}

ViewRecord parse_record(base::ByteView line) {
    if (line.size() > kRecordLimit) {
        throw base::Error(base::ErrorKind::limit, "a line of a view is too long");
    }
    const Json json = base::parse_canonical_json(line, base::JsonText::ascii, kWhat);
    base::JsonMembers members(json, kWhat);
    ViewRecord record = parse_members(members);
    members.finish();
    return record;
}

}  // namespace kluis::api
