#include "json_parts.hpp"

#include <algorithm>

namespace kluis::api {

namespace {

// Of the headers beside one statement: a transfer carries one for each standing document.
constexpr std::size_t kHeadersLimit = 200'000;

Json to_json(const DossierReply& reply) {
    Json::Array as;
    for (const ViewAs view : reply.as)
        as.emplace_back(name(view));
    Json json{{"as", std::move(as)}, {"id", statement::to_text(reply.id)}};
    if (reply.head) json["head"] = base::hex_encode(*reply.head);
    if (reply.length) json["length"] = *reply.length;
    return json;
}

DossierReply parse_dossier_reply(const Json& json) {
    base::JsonMembers members(json, "dossier");
    DossierReply reply;
    reply.id = statement::parse_id<DossierId>(members.string("id"));
    reply.as = parse_list(members, "as", 3, [](const Json& item) {
        const auto view = view_named(item.string("as"));
        if (!view) throw malformed("there is no such view");
        return *view;
    });
    const auto sees = [&](ViewAs view) {
        return std::ranges::find(reply.as, view) != reply.as.end();
    };
    if (sees(ViewAs::owner) || sees(ViewAs::depositor)) {
        reply.head = base::from_hex<Digest>(members.string("head"), "head");
    }
    if (sees(ViewAs::owner)) reply.length = members.integer("length");
    members.finish();
    if (reply.as.empty() || !std::ranges::is_sorted(reply.as, std::ranges::less_equal{})) {
        throw malformed("the views of a dossier are not a set");
    }
    return reply;
}

Json to_json(const DocumentHeader& header) {
    return Json{{"document", statement::to_text(header.document)},
                {"header", base::base64_encode(header.header)}};
}

DocumentHeader parse_document_header(const Json& json) {
    base::JsonMembers members(json, "header");
    DocumentHeader header;
    header.document = statement::parse_id<DocumentId>(members.string("document"));
    header.header = base::base64_decode(members.string("header"), "header");
    members.finish();
    if (header.header.size() > kHeaderLimit) throw malformed("a header is too long");
    return header;
}

Json to_json(const Submission& submission) {
    Json json{{"envelope", statement::to_json(submission.envelope)}};
    if (submission.headers.empty()) return json;
    Json::Array headers;
    for (const DocumentHeader& header : submission.headers)
        headers.push_back(to_json(header));
    json["headers"] = std::move(headers);
    return json;
}

Submission parse_submission(const Json& json) {
    base::JsonMembers members(json, "submission");
    Submission submission;
    submission.envelope = statement::parse_envelope(members.required("envelope"));
    if (members.optional("headers")) {
        submission.headers = parse_list(members, "headers", kHeadersLimit, parse_document_header);
        if (submission.headers.empty()) throw malformed("a list of headers is empty");
    }
    members.finish();
    return submission;
}

}  // namespace

std::string_view name(ViewAs as) {
    switch (as) {
        case ViewAs::owner:
            return "owner";
        case ViewAs::depositor:
            return "depositor";
        case ViewAs::grantee:
            return "grantee";
    }
    return {};
}

std::optional<ViewAs> view_named(std::string_view text) {
    for (const ViewAs as : {ViewAs::owner, ViewAs::depositor, ViewAs::grantee}) {
        if (name(as) == text) return as;
    }
    return std::nullopt;
}

std::string_view name(Member member) {
    switch (member) {
        case Member::case_key:
            return "case";
        case Member::manifest:
            return "manifest";
        case Member::seal:
            return "seal";
        case Member::readers:
            return "readers";
    }
    return {};
}

std::optional<Member> member_named(std::string_view text) {
    for (const Member member :
         {Member::case_key, Member::manifest, Member::seal, Member::readers}) {
        if (name(member) == text) return member;
    }
    return std::nullopt;
}

Json to_json(const std::vector<DossierReply>& dossiers) {
    Json::Array items;
    for (const DossierReply& dossier : dossiers)
        items.push_back(to_json(dossier));
    return Json{{"dossiers", std::move(items)}};
}

std::vector<DossierReply> parse_dossiers_reply(const Json& json) {
    base::JsonMembers members(json, "dossiers");
    auto dossiers = parse_list(members, "dossiers", kDossiersLimit, parse_dossier_reply);
    members.finish();
    return dossiers;
}

Json to_json(const std::vector<Submission>& run) {
    Json::Array items;
    for (const Submission& submission : run)
        items.push_back(to_json(submission));
    return Json{{"statements", std::move(items)}};
}

std::vector<Submission> parse_submissions(const Json& json) {
    base::JsonMembers members(json, "run");
    auto run = parse_list(members, "statements", kRunLimit, parse_submission);
    members.finish();
    if (run.empty()) throw malformed("a run has no statement");
    return run;
}

Json to_json(const SubmitReply& reply) {
    return Json{{"head", base::hex_encode(reply.head)}};
}

SubmitReply parse_submit_reply(const Json& json) {
    base::JsonMembers members(json, "reply to statements");
    SubmitReply reply;
    reply.head = base::from_hex<Digest>(members.string("head"), "head");
    members.finish();
    return reply;
}

}  // namespace kluis::api
