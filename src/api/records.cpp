#include "json_parts.hpp"

namespace kluis::api {

namespace {

constexpr std::string_view kWhat = "line of a view";

void add_state(Json& json, const std::optional<Digest>& head, const std::optional<Digest>& shown) {
    if (head) json["head"] = base::hex_encode(*head);
    if (shown) json["shown"] = base::hex_encode(*shown);
}

Json json_of(const ViewBegin& begin) {
    Json json{{"as", name(begin.as)}, {"id", statement::to_text(begin.id)}, {"record", "begin"}};
    add_state(json, begin.head, begin.shown);
    if (begin.length) json["length"] = *begin.length;
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
    Json json{{"record", "end"}};
    add_state(json, end.head, end.shown);
    return json;
}

ViewBegin parse_begin(base::JsonMembers& members) {
    ViewBegin begin;
    begin.id = statement::parse_id<DossierId>(members.string("id"));
    const auto as = view_named(members.string("as"));
    if (!as) throw malformed("there is no such view");
    begin.as = *as;
    if (const Json* erased = members.optional("erased")) {
        begin.erased = statement::parse_envelope(*erased);
    }
    if (begin.as == ViewAs::grantee && !begin.erased) {
        begin.shown = base::from_hex<Digest>(members.string("shown"), "shown");
    } else {
        begin.head = base::from_hex<Digest>(members.string("head"), "head");
    }
    if (begin.as == ViewAs::owner && !begin.erased) begin.length = members.integer("length");
    return begin;
}

ViewEnd parse_end(base::JsonMembers& members) {
    ViewEnd end;
    if (const Json* head = members.optional("head")) {
        end.head = base::from_hex<Digest>(head->string("head"), "head");
    } else {
        end.shown = base::from_hex<Digest>(members.string("shown"), "shown");
    }
    return end;
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
    if (record == "end") return parse_end(members);
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

std::string encode_read(const ReadLine& line) {
    Json json{{"record", "end"}};
    if (const auto* entry = std::get_if<ReadEntry>(&line)) {
        json = Json{{"place", entry->place},
                    {"read", base::base64_encode(entry->sealed)},
                    {"record", "read"}};
    }
    return base::canonical_json(json, base::JsonText::ascii) + "\n";
}

ReadLine parse_read(base::ByteView line) {
    if (line.size() > kReadLimit) {
        throw base::Error(base::ErrorKind::limit, "a line of the record of reads is too long");
    }
    constexpr std::string_view what = "line of the record of reads";
    const Json json = base::parse_canonical_json(line, base::JsonText::ascii, what);
    base::JsonMembers members(json, what);
    const std::string& record = members.string("record");
    ReadLine parsed = ReadsEnd{};
    if (record == "read") {
        parsed = ReadEntry{members.integer("place"),
                           base::base64_decode(members.string("read"), "read")};
    } else if (record != "end") {
        throw malformed("there is no such line in a record of reads");
    }
    members.finish();
    return parsed;
}

}  // namespace kluis::api
