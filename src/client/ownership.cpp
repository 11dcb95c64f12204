#include <kluis/crypto/random.hpp>
#include <kluis/statement/consent.hpp>

#include <client/cards.hpp>
#include <client/owner_acts.hpp>
#include <client/ownership.hpp>

namespace kluis::client {

namespace {

using base::Error;
using base::ErrorKind;

}  // namespace

DossierId create_dossier(Client& client, const std::string& jurisdiction, const std::string& name) {
    const auto create = Author::create(client, jurisdiction);
    const auto id = statement::dossier_id(create);
    client.change_keyring([&](account::Keyring& keyring) {
        keyring.dossiers[id] = {name, std::nullopt, {}, client.card(), std::nullopt};
    });
    client.saw(id, {create.hash, 1});
    return id;
}

void pin_dossier(Client& client, const DossierId& id, const std::string& name) {
    client.change_keyring([&](account::Keyring& keyring) {
        auto& pinned = keyring.dossiers[id];
        if (!name.empty()) {
            pinned.name = name;
        }
    });
}

statement::Envelope make_consent(Client& client, const DossierId& id, const Fingerprint& from) {
    const statement::Consent consent{id, from, client.me(),
                                     crypto::random_value<statement::Salt>()};
    pin_dossier(client, id, "");
    return statement::sign_consent(consent, client.signer());
}

void transfer_dossier(Client& client, const DossierId& id, const statement::Envelope& envelope) {
    const auto consent = statement::parse_consent(envelope);
    const auto card = checked_card(client, consent.to);
    if (consent.dossier != id || consent.from != client.me() ||
        !statement::verify(envelope, statement::kConsentType, card.signing)) {
        throw Error(ErrorKind::forged,
                    "this consent is not for this dossier, from you, signed by the new owner");
    }
    act_as_owner(client, id, [&](const OwnerView& view) {
        view.require_complete();
        Draft draft;
        std::map<DocumentId, statement::Digest> digests;
        for (const auto& [document, owned] : view.documents()) {
            auto header = document::seal_header(view.file_key(client, document), card.recipient);
            digests[document] = crypto::sha256(header);
            draft.headers.push_back({document, std::move(header)});
        }
        draft.act =
            statement::DossierTransfer{card, envelope, statement::header_list_digest(digests)};
        std::vector<Draft> drafts;
        drafts.push_back(std::move(draft));
        return drafts;
    });
    remember_owner(client, id, card);
}

void erase_dossier(Client& client, const DossierId& id) {
    // Possible even where the dossier gives an alarm.
    act_as_owner(
        client, id,
        [](const OwnerView&) {
            std::vector<Draft> drafts;
            drafts.push_back({statement::DossierErase{}, {}});
            return drafts;
        },
        true);
}

}  // namespace kluis::client
