// Everything a person may read, and finding one thing in it by what the person calls it: an id, an
// unambiguous beginning of one (at least four characters), a link or file where there are such, or
// a name.
//
// What fits nothing is Error(not_found), what fits several is Error(usage).
//
// Views are fetched when first needed and kept for the life of this object: one command.
//
// Thread-safety: one thread at a time.
#pragma once

#include <client/grantee_view.hpp>
#include <client/owner_view.hpp>

#include <map>
#include <set>

namespace kluis::client {

// A dossier that is pinned, or that the server lists for this card.
struct FoundDossier {
    DossierId id;
    std::vector<api::ViewAs> as;  // empty: the server does not list it (any more)
    bool pinned = false;

    bool is(api::ViewAs role) const;
};

struct FoundDocument {
    DossierId dossier;
    api::ViewAs as = api::ViewAs::owner;  // owner or grantee
    DocumentId id;
    bool stranger = false;  // granted by somebody of whom neither card nor dossier is pinned
};

class Library {
  public:
    explicit Library(Client& client) : client_(client) {}

    // A pinned dossier. Throws Error(untrusted) for the id or link of one that is not.
    DossierId find_dossier(std::string_view text) const;
    // A pinned dossier, or one that the server lists; those that are not pinned do not count where
    // a pinned one fits.
    FoundDossier find_visible_dossier(std::string_view text);
    // All of those, ascending by id.
    std::vector<FoundDossier> visible_dossiers();
    // A pinned dossier; else the one that a link or whole id names.
    DossierId find_dossier_or_new(std::string_view text) const;

    // A pinned card, or this account's own ("me"); also by a file or the text of a card. Throws
    // Error(untrusted) for a link, file or text of one that is not pinned.
    Fingerprint find_card(std::string_view text) const;
    // The same, or one of `others`; what a link, file or text gives need not be pinned. For what
    // takes away: that is never refused for lack of trust.
    Fingerprint find_any_card(std::string_view text, const std::set<Fingerprint>& others) const;
    // A card that is to deposit in an own dossier no longer, as find_any_card: also one that only
    // the dossier knows, such as a former owner's depositor.
    Fingerprint find_depositor(const DossierId& dossier, std::string_view text);
    // Likewise one that is to read some of `documents` no longer.
    Fingerprint find_grantee(const DossierId& dossier, const std::vector<DocumentId>& documents,
                             std::string_view text);
    // One of `cards`: also by the name of a pinned card, and by a file or the text of a card.
    Fingerprint find_card_among(const std::vector<statement::Card>& cards,
                                std::string_view text) const;

    // A document of an own dossier or one that was granted, by id, beginning of one, title or
    // original name; `DOSSIER/DOCUMENT` looks in one dossier only. Where several fit, those of
    // strangers do not count if one is of an own or pinned dossier.
    FoundDocument find_document(std::string_view text);
    // The same in one dossier; `text` has no dossier before it.
    FoundDocument find_document_in(const DossierId& dossier, std::string_view text);
    // Several documents that must be of one own dossier: each once, in the order in which they are
    // first named. Throws Error(usage) if they are not, Error(denied) for a document that only was
    // granted.
    std::pair<DossierId, std::vector<DocumentId>> find_own(const std::vector<std::string>& texts);

    // A bundle that was sealed in an own dossier, by its id or a beginning of it.
    statement::BundleId find_bundle(const DossierId& dossier, std::string_view text);

    const OwnerView& owned(const DossierId& id);
    const GranteeDossier& granted(const DossierId& id);
    // For a dossier that the server does not list: throws as require_not_erased, else
    // Error(not_found).
    [[noreturn]] void refuse_unlisted(const DossierId& id);
    // What the server lists for this card.
    const std::vector<api::DossierReply>& dossiers();

  private:
    void look_in(const api::DossierReply& dossier, std::string_view text,
                 std::vector<FoundDocument>& found);
    // Throws Error(forged) if `text` begins the id of an own document that does not open.
    void require_opened(std::string_view text) const;
    std::optional<std::pair<DossierId, std::string_view>> split(std::string_view text);
    FoundDocument find_one_own(std::string_view text);
    Fingerprint known(const Fingerprint& card) const;

    Client& client_;
    std::optional<std::vector<api::DossierReply>> dossiers_;
    std::map<DossierId, OwnerView> owned_;
    std::map<DossierId, GranteeDossier> granted_;
};

// One of `cards` by its fingerprint or a beginning of it, a link, a file or the text of a card.
Fingerprint find_card_among(const std::vector<statement::Card>& cards, std::string_view text);

// A dossier's id from an id in full or a link. Throws Error(usage) if `text` is neither.
DossierId parse_dossier(std::string_view text);

}  // namespace kluis::client
