#include <client/cards.hpp>
#include <client/grantee_view.hpp>
#include <client/view_reader.hpp>

namespace kluis::client {

namespace {

using base::Error;
using base::ErrorKind;

document::Promise promise_of(const chain::GrantedView& view) {
    const auto& deposit = std::get<statement::DocumentDeposit>(view.deposit.statement.act);
    return {deposit.document, deposit.payloads, view.metadata(), deposit.commitment};
}

// The card of the owner, from the statement by which they became it.
statement::Card owner_card(const chain::GranteeEvidence& evidence, const Fingerprint& owner) {
    for (const auto& statement : evidence.statements) {
        const auto& act = statement.statement.act;
        const auto* create = std::get_if<statement::DossierCreate>(&act);
        const auto* transfer = std::get_if<statement::DossierTransfer>(&act);
        if (create != nullptr && statement::fingerprint(create->card) == owner) {
            return create->card;
        }
        if (transfer != nullptr && statement::fingerprint(transfer->card) == owner) {
            return transfer->card;
        }
    }
    throw Error(ErrorKind::internal, "an owner without a card");
}

bool is_alarm(const Error& error) {
    return error.kind() == ErrorKind::forged || error.kind() == ErrorKind::malformed ||
           error.kind() == ErrorKind::wrong_key;
}

// The grants to this card and their revocations, in order, by payload hash.
std::vector<statement::Digest> shown_grants(const std::vector<statement::Signed>& statements) {
    std::vector<statement::Digest> grants;
    for (const auto& statement : statements) {
        const auto& act = statement.statement.act;
        if (std::holds_alternative<statement::GrantCreate>(act) ||
            std::holds_alternative<statement::GrantRevoke>(act)) {
            grants.push_back(statement.hash);
        }
    }
    return grants;
}

// Holds them against what was shown before, of which none may be missing: else a revocation could
// be hidden from one who has seen it.
void remember(Client& client, const DossierId& id, const std::vector<statement::Digest>& grants) {
    const auto& granted = client.keyring().granted;
    const auto seen = granted.find(id);
    if (seen != granted.end() && (grants.size() < seen->second.length ||
                                  grants[seen->second.length - 1] != seen->second.head)) {
        throw Error(ErrorKind::forged,
                    "the server withholds a grant or revocation that it has shown you before",
                    "do not go on; what you were granted may have been revoked since");
    }
    if (client.account() && !grants.empty()) {
        client.change_keyring([&](account::Keyring& keyring) {
            keyring.granted[id] = account::SeenHead{grants.back(), grants.size()};
        });
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
    remember(client, id, shown_grants(evidence.statements));
    GranteeDossier dossier;
    dossier.id = id;
    dossier.owner = view.owner;
    dossier.owner_pinned = client.keyring().dossiers.contains(id) || is_checked(client, view.owner);
    remember_owner(client, id, owner_card(evidence, view.owner));
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
