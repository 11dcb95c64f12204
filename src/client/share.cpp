#include <client/cards.hpp>
#include <client/owner_acts.hpp>
#include <client/share.hpp>

namespace kluis::client {

namespace {

using base::Error;
using base::ErrorKind;

// Documents in one grant.create: its envelope stays well below the limit of 4 MiB.
constexpr std::size_t kDocumentsPerStatement = 2000;

const OwnedDocument& standing(const OwnerView& view, const DocumentId& id) {
    const auto found = view.documents().find(id);
    if (found == view.documents().end()) {
        throw Error(ErrorKind::not_found,
                    "no document " + statement::to_text(id) + " stands in this dossier");
    }
    return found->second;
}

// Ascending by text, without duplicates, cut into runs that fit one statement.
std::vector<std::vector<DocumentId>> portions(const std::vector<DocumentId>& documents) {
    const std::set<DocumentId> unique(documents.begin(), documents.end());
    std::vector<std::vector<DocumentId>> portions;
    for (const auto& id : unique) {
        if (portions.empty() || portions.back().size() == kDocumentsPerStatement) {
            portions.emplace_back();
        }
        portions.back().push_back(id);
    }
    return portions;
}

Draft grant_draft(const Client& client, const OwnerView& view,
                  const std::vector<DocumentId>& documents, const statement::Card& card,
                  std::optional<base::Time> until) {
    statement::GrantCreate act;
    act.grantee = statement::fingerprint(card);
    act.expires = until;
    Draft draft;
    for (const auto& id : documents) {
        const auto& document = standing(view, id);
        auto header = document::seal_header(view.file_key(client, id), card.recipient);
        act.documents.push_back(
            {id, document.state.deposit, document.state.description, crypto::sha256(header)});
        draft.headers.push_back({id, std::move(header)});
    }
    draft.act = std::move(act);
    return draft;
}

}  // namespace

void grant(Client& client, const DossierId& dossier, const std::vector<DocumentId>& documents,
           const Fingerprint& grantee, std::optional<base::Time> until) {
    const auto card = checked_card(client, grantee);
    for (const auto& portion : portions(documents)) {
        act_as_owner(client, dossier, [&](const OwnerView& view) {
            std::vector<Draft> drafts;
            drafts.push_back(grant_draft(client, view, portion, card, until));
            return drafts;
        });
    }
}

void revoke(Client& client, const DossierId& dossier, const std::vector<DocumentId>& documents,
            const Fingerprint& grantee) {
    for (const auto& portion : portions(documents)) {
        act_as_owner(
            client, dossier,
            [&](const OwnerView& view) {
                for (const auto& id : portion) {
                    if (!view.state().grant(id, grantee)) {
                        throw Error(ErrorKind::not_found, "document " + statement::to_text(id) +
                                                              " is not granted to this card");
                    }
                }
                std::vector<Draft> drafts;
                drafts.push_back({statement::GrantRevoke{grantee, portion}, {}});
                return drafts;
            },
            true);
    }
}

}  // namespace kluis::client
