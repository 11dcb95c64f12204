#include <client/handover.hpp>

#include <set>

namespace kluis::client {

namespace {

using statement::DocumentId;

// The last transfer, with the documents that stood at it.
struct LastTransfer {
    const statement::DossierTransfer* act = nullptr;
    statement::Fingerprint by;
    std::set<DocumentId> stood;
};

LastTransfer last_transfer(const chain::Replay& replay) {
    LastTransfer last;
    std::set<DocumentId> standing;
    for (const auto& link : replay.links()) {
        if (link.void_because) continue;
        const auto& act = link.statement.statement.act;
        if (const auto* deposit = std::get_if<statement::DocumentDeposit>(&act)) {
            standing.insert(deposit->document);
        } else if (const auto* erase = std::get_if<statement::DocumentErase>(&act)) {
            standing.erase(erase->document);
        } else if (const auto* transfer = std::get_if<statement::DossierTransfer>(&act)) {
            last = {transfer, link.statement.statement.actor, standing};
        }
    }
    return last;
}

}  // namespace

std::optional<bool> headers_are_of_transfer(
    const chain::Replay& replay, const std::map<DocumentId, statement::Digest>& headers) {
    const auto last = last_transfer(replay);
    if (!last.act) return std::nullopt;
    std::map<DocumentId, statement::Digest> listed;
    for (const auto& document : last.stood) {
        if (replay.state().documents().at(document).erased) return std::nullopt;
        const auto found = headers.find(document);
        if (found == headers.end()) return false;
        listed.insert(*found);
    }
    return statement::header_list_digest(listed) == last.act->headers;
}

std::optional<statement::Fingerprint> handed_over_by(const chain::Replay& replay) {
    const auto last = last_transfer(replay);
    return last.act ? std::optional(last.by) : std::nullopt;
}

}  // namespace kluis::client
