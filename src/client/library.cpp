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
constexpr std::size_t kIdLength = 32;  // of a dossier's or card's whole id
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

// The value of a link of this kind; nothing if `text` is no link. Throws Error(usage) for a link of
// another kind.
std::optional<std::string> linked(std::string_view text, LinkKind kind) {
    const auto link = parse_link(text);
    if (link && link->kind != kind) {
        throw Error(ErrorKind::usage, kind == LinkKind::card ? "this link is not one of a card"
                                                             : "this link is not one of a dossier");
    }
    return link ? std::optional(link->value) : std::nullopt;
}

bool has(const std::vector<api::ViewAs>& roles, api::ViewAs role) {
    return std::ranges::find(roles, role) != roles.end();
}

bool fits(const DocumentId& id, const dossier::Metadata& metadata, std::string_view text) {
    return begins(statement::to_text(id), text) || metadata.title == text || metadata.name == text;
}

// Of several that fit, those that are not from strangers, where there are any.
std::vector<FoundDocument> known_first(std::vector<FoundDocument> found) {
    const auto known = [](const FoundDocument& document) { return !document.stranger; };
    if (std::ranges::any_of(found, known)) {
        std::erase_if(found, [&](const FoundDocument& document) { return !known(document); });
    }
    return found;
}

}  // namespace

bool FoundDossier::is(api::ViewAs role) const {
    return has(as, role);
}

DossierId Library::find_dossier(std::string_view text) const {
    const auto link = linked(text, LinkKind::dossier);
    const std::string_view wanted = link ? std::string_view(*link) : text;
    std::vector<DossierId> matches;
    for (const auto& [id, pinned] : client_.keyring().dossiers) {
        if ((!link && pinned.name == wanted) || begins(statement::to_text(id), wanted)) {
            matches.push_back(id);
        }
    }
    if (matches.empty() && (link || wanted.size() == kIdLength)) {
        throw Error(ErrorKind::untrusted, "this dossier's id has not been checked by you",
                    "compare it with its owner and pin it with `kluis dossier pin`");
    }
    return only(matches, "dossier", text);
}

std::vector<FoundDossier> Library::visible_dossiers() {
    std::map<DossierId, FoundDossier> visible;
    for (const auto& [id, pinned] : client_.keyring().dossiers) {
        visible[id] = {id, {}, true};
    }
    for (const auto& listed : dossiers()) {
        auto& dossier = visible[listed.id];
        dossier.id = listed.id;
        dossier.as = listed.as;
    }
    std::vector<FoundDossier> all;
    for (auto& [id, dossier] : visible) {
        all.push_back(std::move(dossier));
    }
    return all;
}

FoundDossier Library::find_visible_dossier(std::string_view text) {
    const auto link = linked(text, LinkKind::dossier);
    const std::string_view wanted = link ? std::string_view(*link) : text;
    std::vector<FoundDossier> matches;
    for (auto& dossier : visible_dossiers()) {
        const bool named =
            dossier.pinned && !link && client_.keyring().dossiers.at(dossier.id).name == wanted;
        if (named || begins(statement::to_text(dossier.id), wanted)) {
            matches.push_back(std::move(dossier));
        }
    }
    return only(matches, "dossier", text);
}

DossierId Library::find_dossier_or_new(std::string_view text) const {
    const auto link = linked(text, LinkKind::dossier);
    return link || text.size() == kIdLength ? parse_dossier(text) : find_dossier(text);
}

Fingerprint Library::find_card(std::string_view text) const {
    const bool is_card_text = text.starts_with('{');
    const auto link = is_card_text ? std::nullopt : linked(text, LinkKind::card);
    const std::string_view wanted = link ? std::string_view(*link) : text;
    std::vector<Fingerprint> matches;
    if (wanted == "me" || begins(statement::to_text(client_.me()), wanted)) {
        matches.push_back(client_.me());
    }
    for (const auto& [fingerprint, pinned] : client_.keyring().cards) {
        if (fingerprint != client_.me() &&
            ((!link && pinned.name == wanted) || begins(statement::to_text(fingerprint), wanted))) {
            matches.push_back(fingerprint);
        }
    }
    if (matches.empty() && !link) {
        if (const auto card = read_card(text)) {
            return known(statement::fingerprint(*card));
        }
    }
    return only(matches, "card", text);
}

// Throws Error(untrusted) for a card that is neither pinned nor this account's own.
Fingerprint Library::known(const Fingerprint& card) const {
    if (card != client_.me() && !client_.keyring().cards.contains(card)) {
        throw Error(ErrorKind::untrusted, "you have not checked this card's fingerprint",
                    "compare it with its holder, then `kluis card add`");
    }
    return card;
}

Fingerprint Library::find_card_among(const std::vector<statement::Card>& cards,
                                     std::string_view text) const {
    for (const auto& card : cards) {
        const auto fingerprint = statement::fingerprint(card);
        const auto pinned = client_.keyring().cards.find(fingerprint);
        if (pinned != client_.keyring().cards.end() && pinned->second.name == text) {
            return fingerprint;
        }
    }
    return client::find_card_among(cards, text);
}

// A dossier and a document in it, where `text` names both. A title may hold a slash: then the whole
// text is what is looked for.
std::optional<std::pair<DossierId, std::string_view>> Library::split(std::string_view text) {
    const auto slash = text.find('/');
    if (slash == text.npos) {
        return std::nullopt;
    }
    try {
        return std::pair(find_visible_dossier(text.substr(0, slash)).id, text.substr(slash + 1));
    } catch (const Error& error) {
        if (error.kind() != ErrorKind::not_found) {
            throw;
        }
        return std::nullopt;
    }
}

FoundDocument Library::find_document(std::string_view text) {
    if (const auto both = split(text)) {
        return find_document_in(both->first, both->second);
    }
    std::vector<FoundDocument> found;
    for (const auto& dossier : dossiers()) {
        look_in(dossier, text, found);
    }
    if (found.empty()) {
        require_opened(text);
    }
    return only(known_first(std::move(found)), "document", text);
}

FoundDocument Library::find_document_in(const DossierId& dossier, std::string_view text) {
    const auto listed = std::ranges::find(dossiers(), dossier, &api::DossierReply::id);
    if (listed == dossiers().end()) {
        refuse_unlisted(dossier);
    }
    std::vector<FoundDocument> found;
    look_in(*listed, text, found);
    if (found.empty()) {
        require_opened(text);
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

void Library::look_in(const api::DossierReply& dossier, std::string_view text,
                      std::vector<FoundDocument>& found) {
    if (has(dossier.as, api::ViewAs::owner) && client_.keyring().dossiers.contains(dossier.id)) {
        for (const auto& [id, document] : owned(dossier.id).documents()) {
            if (fits(id, document.metadata, text)) {
                found.push_back({dossier.id, api::ViewAs::owner, id, false});
            }
        }
    } else if (has(dossier.as, api::ViewAs::grantee)) {
        const auto& view = granted(dossier.id);
        for (const auto& [id, document] : view.documents) {
            if (fits(id, document.metadata, text)) {
                found.push_back({dossier.id, api::ViewAs::grantee, id, !view.owner_pinned});
            }
        }
    }
}

std::pair<DossierId, std::vector<DocumentId>> Library::find_own(
    const std::vector<std::string>& texts) {
    std::optional<DossierId> dossier;
    std::vector<DocumentId> ids;
    for (const auto& text : texts) {
        const auto found = find_one_own(text);
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

// What others granted does not come between an owner and an own document, whatever its title.
FoundDocument Library::find_one_own(std::string_view text) {
    const auto both = split(text);
    std::vector<FoundDocument> own;
    std::vector<FoundDocument> others;
    for (const auto& dossier : dossiers()) {
        if (!both || dossier.id == both->first) {
            look_in(dossier, both ? both->second : text,
                    has(dossier.as, api::ViewAs::owner) ? own : others);
        }
        if (!own.empty()) {
            others.clear();
        }
    }
    if (own.empty() && !others.empty()) {
        throw Error(ErrorKind::denied, "'" + base::printable(text) + "' is not yours");
    }
    return only(own, "document", text);
}

statement::BundleId Library::find_bundle(const DossierId& dossier, std::string_view text) {
    std::vector<statement::BundleId> matches;
    for (const auto& link : owned(dossier).replay().links()) {
        const auto* seal = std::get_if<statement::BundleSeal>(&link.statement.statement.act);
        if (seal != nullptr && !link.void_because &&
            begins(statement::to_text(seal->bundle), text)) {
            matches.push_back(seal->bundle);
        }
    }
    return only(matches, "bundle", text);
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

void Library::refuse_unlisted(const DossierId& id) {
    require_not_erased(client_, id);
    throw Error(ErrorKind::not_found, "the server shows you nothing of this dossier now",
                "it was handed over or erased, or nothing in it is allowed to you any more");
}

const std::vector<api::DossierReply>& Library::dossiers() {
    if (!dossiers_) {
        dossiers_ = client_.service().dossiers(client_.session());
    }
    return *dossiers_;
}

std::optional<statement::Card> read_card(std::string_view text) {
    if (text.starts_with('{')) {
        return statement::parse_card_text(text);
    }
    // A text that is too long for a name is no file either.
    std::error_code none;
    const std::filesystem::path file(text);
    if (!std::filesystem::is_regular_file(file, none)) {
        return std::nullopt;
    }
    return statement::parse_card_text(base::as_text(base::read_file(file, kCardFileLimit)));
}

statement::Card load_card(Client& client, const std::string& text) {
    if (const auto card = read_card(text)) {
        return *card;
    }
    const auto link = linked(text, LinkKind::card);
    if (!link && text.size() != kIdLength) {
        throw Error(ErrorKind::usage,
                    "'" + base::printable(text) +
                        "' is neither a file, a link, the text of a card nor a whole fingerprint");
    }
    const auto fingerprint = statement::parse_id<Fingerprint>(link ? *link : text);
    const auto card = client.service().card(client.session(), fingerprint);
    if (statement::fingerprint(card) != fingerprint) {
        throw Error(ErrorKind::forged,
                    "the server answered with another card than the one asked for",
                    "do not use it; get the card from its holder as a file");
    }
    return card;
}

Fingerprint find_card_among(const std::vector<statement::Card>& cards, std::string_view text) {
    const auto given = read_card(text);
    const auto link = given ? std::nullopt : linked(text, LinkKind::card);
    const std::string wanted = given ? statement::to_text(statement::fingerprint(*given))
                                     : link.value_or(std::string(text));
    std::vector<Fingerprint> matches;
    for (const auto& card : cards) {
        const auto fingerprint = statement::fingerprint(card);
        if (begins(statement::to_text(fingerprint), wanted)) {
            matches.push_back(fingerprint);
        }
    }
    if (matches.empty()) {
        throw Error(ErrorKind::not_found,
                    "no card in the set now is called '" + base::printable(text) + "'");
    }
    return only(matches, "card", text);
}

DossierId parse_dossier(std::string_view text) {
    const auto link = linked(text, LinkKind::dossier);
    if (!link && text.size() != kIdLength) {
        throw Error(ErrorKind::usage, "'" + base::printable(text) +
                                          "' is neither the link nor the whole id of a dossier");
    }
    return statement::parse_id<DossierId>(link ? std::string_view(*link) : text);
}

}  // namespace kluis::client
