// Everything a person may read, and finding one thing in it by what the person calls it: an id, an
// unambiguous beginning of one (at least four characters), a link, or a name.
//
// Views are fetched when first needed and kept for the life of this object: one command.
//
// Thread-safety: one thread at a time.
#pragma once

#include <client/grantee_view.hpp>
#include <client/owner_view.hpp>

#include <map>

namespace kluis::client {

struct FoundDocument {
    DossierId dossier;
    api::ViewAs as = api::ViewAs::owner;  // owner or grantee
    DocumentId id;
};

class Library {
  public:
    explicit Library(Client& client) : client_(client) {}

    // A pinned dossier. Throws Error(not_found), or Error(usage) if `text` fits several.
    DossierId find_dossier(std::string_view text) const;
    // A pinned card, or this account's own. Throws likewise.
    Fingerprint find_card(std::string_view text) const;
    // A document of an own dossier or one that was granted, by id, beginning of one, title or
    // original name; `DOSSIER/DOCUMENT` looks in one dossier only. Throws likewise.
    FoundDocument find_document(std::string_view text);
    // Several documents that must be of one own dossier. Throws Error(usage) if they are not.
    std::pair<DossierId, std::vector<DocumentId>> find_own(const std::vector<std::string>& texts);

    const OwnerView& owned(const DossierId& id);
    const GranteeDossier& granted(const DossierId& id);
    // What the server lists for this card.
    const std::vector<api::DossierReply>& dossiers();

  private:
    void look_in(const api::DossierReply& dossier, std::string_view text,
                 std::vector<FoundDocument>& found);
    // Throws Error(forged) if `text` begins the id of an own document that does not open.
    void require_opened(std::string_view text) const;
    // Throws as require_not_erased for a dossier that the server does not list.
    void require_listed(const DossierId& id);

    Client& client_;
    std::optional<std::vector<api::DossierReply>> dossiers_;
    std::map<DossierId, OwnerView> owned_;
    std::map<DossierId, GranteeDossier> granted_;
};

// A card from what a person was given: a link (fetched from the server and checked against the
// fingerprint in it), a file or the text of one, or a fingerprint. Throws Error(forged) if the
// server answers with another card (attack 1).
statement::Card load_card(Client& client, const std::string& text);

// A dossier's id from an id in full or a link.
DossierId parse_dossier(std::string_view text);

}  // namespace kluis::client
