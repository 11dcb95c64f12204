#include <client/cards.hpp>
#include <client/grantee_view.hpp>
#include <client/shown_before.hpp>
#include <client/view_reader.hpp>

namespace kluis::client {

namespace {

using base::Error;
using base::ErrorKind;

document::Promise promise_of(const chain::GrantedView& view) {
    const auto& deposit = std::get<statement::DocumentDeposit>(view.deposit.statement.act);
    return {deposit.document, deposit.payloads, view.metadata(), deposit.commitment};
}

bool is_alarm(const Error& error) {
    return error.kind() == ErrorKind::forged || error.kind() == ErrorKind::malformed ||
           error.kind() == ErrorKind::wrong_key;
}

// Holds what is shown against what was shown before, and notes it.
void remember(Client& client, const DossierId& id,
              const std::vector<statement::Signed>& statements) {
    const auto& granted = client.keyring().granted;
    const auto& dossiers = client.keyring().dossiers;
    const auto seen = granted.find(id);
    const auto pinned = dossiers.find(id);
    require_shown_again(seen == granted.end() ? std::nullopt : std::optional(seen->second),
                        pinned == dossiers.end() ? std::nullopt : pinned->second.owner, statements);
    if (const auto last = last_right(statements); last && client.account()) {
        client.change_keyring([&](account::Keyring& keyring) { keyring.granted[id] = *last; });
    }
}

}  // namespace

GranteeDossier fetch_granted(Client& client, const DossierId& id) {
    auto received = read_view(client, id, api::ViewAs::grantee);
    chain::GranteeEvidence evidence;
    evidence.cards = std::move(received.cards);
    for (auto& envelope : received.statements) {
        evidence.statements.push_back(statement::parse_signed(std::move(envelope)));
    }
    auto view = chain::verify_grantee_view(id, client.me(), evidence, client.now());
    remember(client, id, evidence.statements);
    GranteeDossier dossier;
    dossier.id = id;
    dossier.owner = view.owner;
    dossier.owner_pinned = client.keyring().dossiers.contains(id) || is_checked(client, view.owner);
    remember_owner(client, id, named_owner(evidence.statements, view.owner).value());
    dossier.missing = std::move(view.missing);
    std::map<DocumentId, api::ViewDocument> offered;
    for (auto& document : received.documents) {
        const auto document_id = document.id;
        offered.insert_or_assign(document_id, std::move(document));
    }
    for (auto& granted : view.documents) {
        const auto document_id = granted.grant.document;
        const auto found = offered.find(document_id);
        if (found == offered.end()) {
            dossier.alarms.push_back({"the server withholds a granted document", document_id});
            continue;
        }
        try {
            const auto key = document::open_header(found->second.header, granted.grant.header,
                                                   client.identity());
            auto metadata =
                document::open_metadata(key, promise_of(granted), found->second.metadata);
            dossier.documents.emplace(
                document_id, GrantedDocument{std::move(granted), std::move(found->second.header),
                                             std::move(metadata)});
        } catch (const Error& error) {
            if (!is_alarm(error)) {
                throw;
            }
            dossier.alarms.push_back({error.what(), document_id});
        }
        offered.erase(found);
    }
    for (const auto& [document_id, document] : offered) {
        dossier.alarms.push_back(
            {"the server offers a document that was not granted", document_id});
    }
    return dossier;
}

}  // namespace kluis::client
