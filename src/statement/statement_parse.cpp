#include "members.hpp"

#include <kluis/statement/consent.hpp>
#include <kluis/statement/statement.hpp>

namespace kluis::statement {

using base::Error;
using base::ErrorKind;
using base::Json;
using base::JsonMembers;

namespace {

[[noreturn]] void refuse(const std::string& why) {
    throw Error(ErrorKind::malformed, why);
}

Payload parse_payload(const Json& json, Role role) {
    JsonMembers members(json, "a payload");
    Payload payload;
    payload.sha256 = hex_member<Digest>(members, "sha256");
    payload.size = members.integer("size");
    members.finish();
    if (payload.size > payload_limit(role)) {
        refuse("a " + std::string(name(role)) + " payload is larger than allowed");
    }
    return payload;
}

std::map<Role, Payload> parse_payloads(const Json& json) {
    std::map<Role, Payload> payloads;
    std::set<Digest> digests;
    for (const auto& [text, payload] : json.object("payloads")) {
        const auto role = role_named(text);
        if (!role) refuse("a deposit has a payload of an unknown role");
        payloads[*role] = parse_payload(payload, *role);
        if (!digests.insert(payloads[*role].sha256).second) {
            refuse("two payloads of a deposit are equal");
        }
    }
    if (!payloads.contains(Role::content) || !payloads.contains(Role::metadata)) {
        refuse("a deposit lacks its content or its metadata");
    }
    return payloads;
}

GrantedDocument parse_granted(const Json& json) {
    JsonMembers members(json, "a granted document");
    GrantedDocument granted;
    granted.document = id_member<DocumentId>(members, "document");
    granted.deposit = hex_member<Digest>(members, "deposit");
    granted.description = optional_member(members, "description", hex_member<Digest>);
    granted.header = hex_member<Digest>(members, "header");
    members.finish();
    return granted;
}

std::vector<GrantedDocument> parse_granted_list(const Json& json) {
    std::vector<GrantedDocument> list;
    for (const Json& item : json.array("documents")) {
        list.push_back(parse_granted(item));
        const std::size_t count = list.size();
        if (count > 1 && !TextOrder()(list[count - 2].document, list[count - 1].document)) {
            refuse("documents is not in ascending order");
        }
    }
    if (list.empty()) refuse("documents is empty");
    return list;
}

void read(JsonMembers& members, DossierCreate& act) {
    act.card = card_member(members, "card");
    act.jurisdiction = members.string("jurisdiction");
    if (!is_jurisdiction_code(act.jurisdiction)) refuse("jurisdiction is not a code");
}

void read(JsonMembers& members, DossierTransfer& act) {
    act.card = card_member(members, "card");
    act.consent = parse_envelope(members.required("consent"));
    parse_consent(act.consent);
    act.headers = hex_member<Digest>(members, "headers");
}

void read(JsonMembers&, DossierErase&) {}

void read(JsonMembers& members, DepositorAllow& act) {
    act.card = card_member(members, "card");
    act.until = optional_member(members, "until", time_member);
    act.count = optional_member(members, "count", count_member);
    if (members.optional("link")) {
        if (members.integer("link") != 1) refuse("link is not 1");
        act.link = true;
    }
}

void read(JsonMembers& members, DepositorRemove& act) {
    act.depositor = id_member<Fingerprint>(members, "depositor");
}

void read(JsonMembers& members, DocumentDeposit& act) {
    act.document = id_member<DocumentId>(members, "document");
    act.payloads = parse_payloads(members.required("payloads"));
    act.commitment = hex_member<Commitment>(members, "commitment");
    act.header = hex_member<Digest>(members, "header");
}

void read(JsonMembers& members, DocumentDescribe& act) {
    act.document = id_member<DocumentId>(members, "document");
    act.metadata = parse_payload(members.required("metadata"), Role::metadata);
}

void read(JsonMembers& members, DocumentErase& act) {
    act.document = id_member<DocumentId>(members, "document");
}

void read(JsonMembers& members, GrantCreate& act) {
    act.grantee = id_member<Fingerprint>(members, "grantee");
    act.expires = optional_member(members, "expires", time_member);
    act.documents = parse_granted_list(members.required("documents"));
}

void read(JsonMembers& members, GrantRevoke& act) {
    act.grantee = id_member<Fingerprint>(members, "grantee");
    act.documents = id_set_member<DocumentId>(members, "documents", Empty::refused);
}

void read(JsonMembers& members, BundleSeal& act) {
    act.bundle = id_member<BundleId>(members, "bundle");
    act.documents = count_member(members, "documents");
    act.manifest = hex_member<Digest>(members, "manifest");
    act.recipients = id_set_member<Fingerprint>(members, "recipients", Empty::refused);
    act.set = members.integer("set");
    act.supplements = optional_member(members, "supplements", id_member<BundleId>);
}

void read(JsonMembers& members, BundleAcknowledge& act) {
    act.bundle = id_member<BundleId>(members, "bundle");
    act.manifest = hex_member<Digest>(members, "manifest");
    act.readers = id_set_member<Fingerprint>(members, "readers", Empty::allowed);
}

// The act whose type is called `type`, with its members.
template <std::size_t I = 0>
Act read_act(std::string_view type, JsonMembers& members) {
    if constexpr (I == std::variant_size_v<Act>) {
        refuse("a statement is of an unknown type");
    } else {
        using Candidate = std::variant_alternative_t<I, Act>;
        if (type != Candidate::kType) return read_act<I + 1>(type, members);
        Candidate act;
        read(members, act);
        return act;
    }
}

}  // namespace

Statement parse_statement(base::ByteView payload) {
    const Json json = base::parse_canonical_json(payload, base::JsonText::ascii, "a statement");
    JsonMembers members(json, "a statement");
    Statement statement;
    statement.act = read_act(members.string("type"), members);
    const auto* create = std::get_if<DossierCreate>(&statement.act);
    if (!create) {
        statement.dossier = id_member<DossierId>(members, "dossier");
        if (!std::holds_alternative<BundleAcknowledge>(statement.act)) {
            statement.previous = hex_member<Digest>(members, "previous");
        }
    }
    statement.actor = id_member<Fingerprint>(members, "actor");
    statement.time = time_member(members, "time");
    statement.salt = base64_member<Salt>(members, "salt");
    members.finish();
    if (create && statement.actor != fingerprint(create->card)) {
        refuse("a dossier is opened by another card than its actor's");
    }
    return statement;
}

}  // namespace kluis::statement
