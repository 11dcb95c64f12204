// A dossier's state as a vector states it. Lists are in the order of their ids' bytes.
#pragma once

#include <kluis/chain/state.hpp>

namespace kluis::generate {

inline base::Json document_json(const chain::DocumentState& document) {
    base::Json::Object members{{"document", statement::to_text(document.id)},
                               {"deposit", base::hex_encode(document.deposit)},
                               {"depositor", statement::to_text(document.depositor)},
                               {"describer", statement::to_text(document.describer)},
                               {"erased", document.erased},
                               {"link", document.through_link},
                               {"metadata", base::hex_encode(document.metadata().sha256)}};
    if (document.description) members["description"] = base::hex_encode(*document.description);
    if (document.header) members["header"] = base::hex_encode(*document.header);
    return members;
}

inline base::Json permission_json(const chain::Permission& permission) {
    base::Json::Object members{{"depositor", statement::to_text(permission.depositor)},
                               {"from", base::to_string(permission.from)},
                               {"link", permission.link},
                               {"removed", permission.removed},
                               {"used", permission.used}};
    if (permission.until) members["until"] = base::to_string(*permission.until);
    if (permission.count) members["count"] = *permission.count;
    return members;
}

inline base::Json grant_json(const chain::Grant& grant) {
    base::Json::Object members{{"document", statement::to_text(grant.document)},
                               {"grantee", statement::to_text(grant.grantee)},
                               {"by", base::hex_encode(grant.granted_by)}};
    if (grant.expires) members["expires"] = base::to_string(*grant.expires);
    return members;
}

// {} if there is no dossier.
inline base::Json state_json(const chain::State& state) {
    const auto dossier = state.dossier();
    if (!dossier) return base::Json::Object{};
    base::Json::Array documents;
    for (const auto& [id, document] : state.documents())
        documents.push_back(document_json(document));
    base::Json::Array permissions;
    for (const auto& [id, permission] : state.permissions())
        permissions.push_back(permission_json(permission));
    base::Json::Array grants;
    for (const auto& [key, grant] : state.grants())
        grants.push_back(grant_json(grant));
    base::Json::Array seals;
    for (const auto& [id, seal] : state.seals())
        seals.emplace_back(statement::to_text(id));
    return {{"documents", std::move(documents)},
            {"erased", dossier->erased},
            {"grants", std::move(grants)},
            {"head", base::hex_encode(dossier->head)},
            {"jurisdiction", dossier->jurisdiction},
            {"last", base::to_string(dossier->last)},
            {"length", dossier->length},
            {"owner", statement::to_text(dossier->owner)},
            {"permissions", std::move(permissions)},
            {"seals", std::move(seals)}};
}

}  // namespace kluis::generate
