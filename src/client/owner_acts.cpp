#include <client/cards.hpp>
#include <client/deposit.hpp>
#include <client/owner_acts.hpp>
#include <client/tip.hpp>

namespace kluis::client {

namespace {

using base::Error;
using base::ErrorKind;

Tip tip_of(const OwnerView& view) {
    const auto dossier = *view.state().dossier();
    return {view.id(), dossier.head, dossier.length, dossier.last};
}

std::vector<Draft> one(Draft draft) {
    std::vector<Draft> drafts;
    drafts.push_back(std::move(draft));
    return drafts;
}

}  // namespace

void act_as_owner(Client& client, const DossierId& id,
                  const std::function<std::vector<Draft>(const OwnerView&)>& make,
                  bool even_unsound) {
    std::optional<OwnerView> view;
    retry_on_stale_head([&] {
        if (view) {
            view->catch_up(client);
        } else {
            view = OwnerView::fetch(client, id);
        }
        if (!even_unsound) {
            view->require_sound();
        }
        auto tip = tip_of(*view);
        Author(client, tip).submit(make(*view));
    });
}

void allow_depositor(Client& client, const DossierId& id, const Fingerprint& fingerprint,
                     std::optional<base::Time> until, std::optional<std::uint64_t> count) {
    const auto card = checked_card(client, fingerprint);
    act_as_owner(client, id, [&](const OwnerView& view) {
        const auto permission = view.state().permission(fingerprint);
        if (fingerprint == client.me() || (permission && permission->stands_at(client.now()))) {
            throw Error(ErrorKind::conflict, "this card may deposit in the dossier already",
                        "to change its limits, remove it first");
        }
        return one({statement::DepositorAllow{card, until, count, false}, {}});
    });
}

void remove_depositor(Client& client, const DossierId& id, const Fingerprint& card) {
    act_as_owner(
        client, id,
        [&](const OwnerView& view) {
            const auto permission = view.state().permission(card);
            if (!permission || !permission->stands_at(client.earlier_now())) {
                throw Error(ErrorKind::not_found, "this card may not deposit in the dossier now");
            }
            return one({statement::DepositorRemove{card}, {}});
        },
        true);
}

void describe_document(Client& client, const DossierId& id, const DocumentId& document,
                       const std::function<void(dossier::Metadata&)>& change) {
    act_as_owner(client, id, [&](const OwnerView& view) {
        const auto found = view.documents().find(document);
        if (found == view.documents().end()) {
            throw Error(ErrorKind::not_found, "this document does not stand any more");
        }
        auto metadata = found->second.metadata;
        change(metadata);
        if (metadata.kind != found->second.metadata.kind) {
            require_depositable(metadata.kind);
        }
        const auto sealed = document::seal_metadata(view.file_key(client, document), metadata);
        auto upload = client.service().put_payload(
            client.session(), {id, document, statement::Role::metadata}, sealed.stored.size());
        upload->write(sealed.stored);
        upload->finish();
        return one({statement::DocumentDescribe{document, sealed.payload}, {}});
    });
}

void erase_document(Client& client, const DossierId& id, const DocumentId& document) {
    require_pinned(client, id);
    if (owns(client, id)) {
        // Erasing may be the only way to end an alarm.
        return act_as_owner(
            client, id,
            [&](const OwnerView&) {
                return one({statement::DocumentErase{document}, {}});
            },
            true);
    }
    retry_on_stale_head([&] {
        auto target = fetch_deposit_target(client, id);
        Author(client, target.tip).submit(one({statement::DocumentErase{document}, {}}));
    });
}

}  // namespace kluis::client
