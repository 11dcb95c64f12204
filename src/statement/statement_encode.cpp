#include "members.hpp"

#include <kluis/statement/statement.hpp>

namespace kluis::statement {

using base::Json;
using Members = Json::Object;

namespace {

Json payload_json(const Payload& payload) {
    return {{"sha256", hex_json(payload.sha256)}, {"size", payload.size}};
}

void write(Members& members, const DossierCreate& act) {
    members["card"] = to_json(act.card);
    members["jurisdiction"] = act.jurisdiction;
}

void write(Members& members, const DossierTransfer& act) {
    members["card"] = to_json(act.card);
    members["consent"] = to_json(act.consent);
    members["headers"] = hex_json(act.headers);
}

void write(Members&, const DossierErase&) {}

void write(Members& members, const DepositorAllow& act) {
    members["card"] = to_json(act.card);
    if (act.until) members["until"] = base::to_string(*act.until);
    if (act.count) members["count"] = *act.count;
    if (act.link) members["link"] = std::uint64_t{1};
}

void write(Members& members, const DepositorRemove& act) {
    members["depositor"] = to_text(act.depositor);
}

void write(Members& members, const DocumentDeposit& act) {
    Members payloads;
    for (const auto& [role, payload] : act.payloads)
        payloads[std::string(name(role))] = payload_json(payload);
    members["commitment"] = hex_json(act.commitment);
    members["document"] = to_text(act.document);
    members["header"] = hex_json(act.header);
    members["payloads"] = std::move(payloads);
}

void write(Members& members, const DocumentDescribe& act) {
    members["document"] = to_text(act.document);
    members["metadata"] = payload_json(act.metadata);
}

void write(Members& members, const DocumentErase& act) {
    members["document"] = to_text(act.document);
}

void write(Members& members, const GrantCreate& act) {
    std::vector<GrantedDocument> sorted = act.documents;
    std::ranges::sort(sorted, TextOrder(), &GrantedDocument::document);
    Json::Array documents;
    documents.reserve(sorted.size());
    for (const GrantedDocument& granted : sorted) {
        Members document{{"deposit", hex_json(granted.deposit)},
                         {"document", to_text(granted.document)},
                         {"header", hex_json(granted.header)}};
        if (granted.description) document["description"] = hex_json(*granted.description);
        documents.emplace_back(std::move(document));
    }
    members["documents"] = std::move(documents);
    if (act.expires) members["expires"] = base::to_string(*act.expires);
    members["grantee"] = to_text(act.grantee);
}

void write(Members& members, const GrantRevoke& act) {
    members["documents"] = id_set_json(act.documents);
    members["grantee"] = to_text(act.grantee);
}

void write(Members& members, const BundleSeal& act) {
    members["bundle"] = to_text(act.bundle);
    members["documents"] = act.documents;
    members["manifest"] = hex_json(act.manifest);
    members["recipients"] = id_set_json(act.recipients);
    members["set"] = act.set;
    if (act.supplements) members["supplements"] = to_text(*act.supplements);
}

void write(Members& members, const BundleAcknowledge& act) {
    members["bundle"] = to_text(act.bundle);
    members["manifest"] = hex_json(act.manifest);
    members["readers"] = id_set_json(act.readers);
}

}  // namespace

base::Bytes encode(const Statement& statement) {
    Members members{{"actor", to_text(statement.actor)},
                    {"salt", base64_json(statement.salt)},
                    {"time", base::to_string(statement.time)},
                    {"type", type_name(statement.act)}};
    if (statement.dossier) members["dossier"] = to_text(*statement.dossier);
    if (statement.previous) members["previous"] = hex_json(*statement.previous);
    std::visit([&](const auto& act) { write(members, act); }, statement.act);
    base::Bytes payload = payload_of(std::move(members));
    try {
        parse_statement(payload);
    } catch (const base::Error& error) {
        throw base::Error(base::ErrorKind::internal,
                          std::string("a statement would be refused: ") + error.what());
    }
    return payload;
}

}  // namespace kluis::statement
