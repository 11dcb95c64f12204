#include "judge.hpp"

namespace kluis::chain {

namespace {

DocumentState deposited(const Case& it, const statement::DocumentDeposit& act) {
    DocumentState document;
    document.id = act.document;
    document.deposit = it.statement.hash;
    document.depositor = it.actor();
    document.deposited = it.time();
    document.payloads = act.payloads;
    document.commitment = act.commitment;
    document.header = act.header;
    document.describer = it.actor();
    return document;
}

// Why the actor, who is not the owner, may not erase `document`. Who did not deposit it learns
// nothing of whether it exists.
std::optional<Reason> bar_to_erasing(const Case& it, const std::optional<DocumentState>& document) {
    if (!document || document->depositor != it.actor()) return Reason::not_owner;
    if (!it.standing_permission()) return Reason::not_depositor;
    if (document->erased) return Reason::unknown_document;
    if (it.time() > document->deposited + kDepositorErases) return Reason::too_late;
    return std::nullopt;
}

}  // namespace

Verdict judge(const Case& it, const statement::DocumentDeposit& act) {
    std::optional<Permission> permission;
    if (!it.by_owner()) {
        permission = it.standing_permission();
        if (!permission) return Reason::not_depositor;
        if (permission->count && permission->used >= *permission->count) {
            return Reason::deposit_limit;
        }
    }
    if (it.state.document(act.document)) return Reason::document_used;

    DocumentState document = deposited(it, act);
    Effects effects = it.effects();
    if (permission) {
        document.through_link = permission->link;
        ++permission->used;
        effects.permissions = {*permission};
    }
    effects.documents = {std::move(document)};
    return effects;
}

Verdict judge_as_owner(const Case& it, const statement::DocumentDescribe& act) {
    auto document = it.standing_document(act.document);
    if (!document) return Reason::unknown_document;
    document->description = it.statement.hash;
    document->described = act.metadata;
    document->describer = it.actor();
    Effects effects = it.effects();
    effects.documents = {std::move(*document)};
    return effects;
}

Verdict judge(const Case& it, const statement::DocumentErase& act) {
    auto document = it.state.document(act.document);
    if (!it.by_owner()) {
        if (const auto bar = bar_to_erasing(it, document)) return *bar;
    }
    if (!document || document->erased) return Reason::unknown_document;
    document->erased = true;
    Effects effects = it.effects();
    effects.documents = {std::move(*document)};
    effects.erased = {act.document};
    return effects;
}

}  // namespace kluis::chain
