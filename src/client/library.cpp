#include <kluis/base/file.hpp>
#include <kluis/base/text.hpp>

#include <client/library.hpp>
#include <client/link.hpp>
#include <client/view_reader.hpp>

#include <algorithm>

namespace kluis::client {

namespace {

using base::Error;
using base::ErrorKind;

constexpr std::size_t kLeastPrefix = 4;
constexpr std::size_t kIdLength = 32;  // of a dossier's whole id
constexpr std::size_t kCardFileLimit = 4096;

bool begins(std::string_view id, std::string_view text) {
    return text.size() >= kLeastPrefix && id.starts_with(text);
}

// The one match, or the error that says why there is none.
template <class T>
T only(const std::vector<T>& matches, std::string_view what, std::string_view text) {
    if (matches.empty()) {
        throw Error(ErrorKind::not_found,
                    "no " + std::string(what) + " is called '" + base::printable(text) + "'");
    }
    if (matches.size() > 1) {
        throw Error(ErrorKind::usage,
                    "'" + base::printable(text) + "' fits " + std::to_string(matches.size()) + " " +
                        std::string(what) + "s",
                    "give more characters of the id");
    }
    return matches.front();
}

bool has(const std::vector<api::ViewAs>& roles, api::ViewAs role) {
    return std::ranges::find(roles, role) != roles.end();
}

bool fits(const DocumentId& id, const dossier::Metadata& metadata, std::string_view text) {
    return begins(statement::to_text(id), text) || metadata.title == text || metadata.name == text;
}

}  // namespace

DossierId Library::find_dossier(std::string_view text) const {
    if (const auto link = parse_link(text)) {
        return find_dossier(statement::to_text(parse_dossier(text)));
    }
    std::vector<DossierId> matches;
    for (const auto& [id, pinned] : client_.keyring().dossiers) {
        if (pinned.name == text || begins(statement::to_text(id), text)) {
            matches.push_back(id);
        }
    }
    if (matches.empty() && text.size() == kIdLength) {
        throw Error(ErrorKind::untrusted, "this dossier's id has not been checked by you",
                    "compare it with its owner and pin it with `kluis dossier pin`");
    }
    return only(matches, "dossier", text);
}

Fingerprint Library::find_card(std::string_view text) const {
    if (const auto link = parse_link(text); link && link->kind == LinkKind::card) {
        return find_card(link->value);
    }
    std::vector<Fingerprint> matches;
    if (text == "me" || begins(statement::to_text(client_.me()), text)) {
        matches.push_back(client_.me());
    }
    for (const auto& [fingerprint, pinned] : client_.keyring().cards) {
        if (fingerprint != client_.me() &&
            (pinned.name == text || begins(statement::to_text(fingerprint), text))) {
            matches.push_back(fingerprint);
        }
    }
    if (matches.empty() && std::filesystem::is_regular_file(std::filesystem::path(text))) {
        const auto card = statement::parse_card_text(
            base::as_text(base::read_file(std::filesystem::path(text), kCardFileLimit)));
        const auto fingerprint = statement::fingerprint(card);
        if (client_.keyring().cards.contains(fingerprint)) {
            return fingerprint;
        }
        throw Error(ErrorKind::untrusted, "you have not checked this card's fingerprint",
                    "compare it with its holder, then `kluis card add`");
    }
    return only(matches, "card", text);
}

FoundDocument Library::find_document(std::string_view text) {
    const auto slash = text.find('/');
    std::optional<DossierId> within;
    auto wanted = text;
    if (slash != text.npos) {
        const auto named = text.substr(0, slash);
        try {
            within = find_dossier(named);
            wanted = text.substr(slash + 1);
        } catch (const Error& error) {
            // A title may hold a slash: then the whole text is what is looked for.
            if (error.kind() != ErrorKind::not_found) {
                throw;
            }
        }
    }
    std::vector<FoundDocument> found;
    for (const auto& dossier : dossiers()) {
        if (!within || dossier.id == *within) {
            look_in(dossier, wanted, found);
        }
    }
    if (found.empty()) {
        require_opened(wanted);
        if (within) {
            require_listed(*within);
        }
    }
    return only(found, "document", text);
}

void Library::require_opened(std::string_view text) const {
    for (const auto& [dossier, view] : owned_) {
        for (const auto& [id, document] : view.state().documents()) {
            const auto full = statement::to_text(id);
            if (!document.erased && !view.documents().contains(id) && begins(full, text)) {
                throw Error(ErrorKind::forged, "this document does not open",
                            "`kluis document erase " + statement::to_text(dossier) + "/" + full +
                                "` destroys it");
            }
        }
    }
}

void Library::require_listed(const DossierId& id) {
    if (std::ranges::find(dossiers(), id, &api::DossierReply::id) == dossiers().end()) {
        require_not_erased(client_, id);
    }
}

void Library::look_in(const api::DossierReply& dossier, std::string_view text,
                      std::vector<FoundDocument>& found) {
    if (has(dossier.as, api::ViewAs::owner) && client_.keyring().dossiers.contains(dossier.id)) {
        for (const auto& [id, document] : owned(dossier.id).documents()) {
            if (fits(id, document.metadata, text)) {
                found.push_back({dossier.id, api::ViewAs::owner, id});
            }
        }
    } else if (has(dossier.as, api::ViewAs::grantee)) {
        for (const auto& [id, document] : granted(dossier.id).documents) {
            if (fits(id, document.metadata, text)) {
                found.push_back({dossier.id, api::ViewAs::grantee, id});
            }
        }
    }
}

std::pair<DossierId, std::vector<DocumentId>> Library::find_own(
    const std::vector<std::string>& texts) {
    std::optional<DossierId> dossier;
    std::vector<DocumentId> ids;
    for (const auto& text : texts) {
        const auto found = find_document(text);
        if (found.as != api::ViewAs::owner) {
            throw Error(ErrorKind::denied, "'" + base::printable(text) + "' is not yours");
        }
        if (dossier && *dossier != found.dossier) {
            throw Error(ErrorKind::usage, "these documents are of different dossiers",
                        "give them in separate commands");
        }
        dossier = found.dossier;
        ids.push_back(found.id);
    }
    if (!dossier) {
        throw Error(ErrorKind::usage, "no document was named");
    }
    return {*dossier, std::move(ids)};
}

const OwnerView& Library::owned(const DossierId& id) {
    const auto found = owned_.find(id);
    return found != owned_.end() ? found->second
                                 : owned_.emplace(id, OwnerView::fetch(client_, id)).first->second;
}

const GranteeDossier& Library::granted(const DossierId& id) {
    const auto found = granted_.find(id);
    return found != granted_.end() ? found->second
                                   : granted_.emplace(id, fetch_granted(client_, id)).first->second;
}

const std::vector<api::DossierReply>& Library::dossiers() {
    if (!dossiers_) {
        dossiers_ = client_.service().dossiers(client_.session());
    }
    return *dossiers_;
}

statement::Card load_card(Client& client, const std::string& text) {
    const auto link = parse_link(text);
    if (link && link->kind != LinkKind::card) {
        throw Error(ErrorKind::usage, "this link is not one of a card");
    }
    if (!link && std::filesystem::is_regular_file(text)) {
        return statement::parse_card_text(base::as_text(base::read_file(text, kCardFileLimit)));
    }
    if (!link && text.starts_with('{')) {
        return statement::parse_card_text(text);
    }
    const auto fingerprint = statement::parse_id<Fingerprint>(link ? link->value : text);
    const auto card = client.service().card(client.session(), fingerprint);
    if (statement::fingerprint(card) != fingerprint) {
        throw Error(ErrorKind::forged,
                    "the server answered with another card than the one asked for",
                    "do not use it; get the card from its holder as a file");
    }
    return card;
}

DossierId parse_dossier(std::string_view text) {
    const auto link = parse_link(text);
    if (link && link->kind != LinkKind::dossier) {
        throw Error(ErrorKind::usage, "this link is not one of a dossier");
    }
    return statement::parse_id<DossierId>(link ? std::string_view(link->value) : text);
}

}  // namespace kluis::client
