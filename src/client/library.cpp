#include <kluis/base/text.hpp>

#include <client/card_source.hpp>
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

bool begins(std::string_view id, std::string_view text) {
    return text.size() >= kLeastPrefix && id.starts_with(text);
}

// An empty text names nothing: not what has no name either.
bool is_called(std::string_view name, std::string_view text) {
    return !text.empty() && name == text;
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
    return begins(statement::to_text(id), text) || is_called(metadata.title, text) ||
           is_called(metadata.name, text);
}

bool is_known(const FoundDocument& document) {
    return !document.stranger;
}
bool is_known(const FoundDossier& dossier) {
    return dossier.pinned;
}

// Of several that fit, those that are not from strangers, where there are any.
template <class T>
std::vector<T> known_first(std::vector<T> found) {
    const auto known = [](const T& one) { return is_known(one); };
    if (std::ranges::any_of(found, known)) {
        std::erase_if(found, [&](const T& one) { return !known(one); });
    }
    return found;
}

}  // namespace

bool FoundDossier::is(api::ViewAs role) const {
    return has(as, role);
}

DossierId Library::find_dossier(std::string_view text) const {
    const auto link = link_value(text, LinkKind::dossier);
    const std::string_view wanted = link ? std::string_view(*link) : text;
    std::vector<DossierId> matches;
    for (const auto& [id, pinned] : client_.keyring().dossiers) {
        if ((!link && is_called(pinned.name, wanted)) || begins(statement::to_text(id), wanted)) {
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
    const auto link = link_value(text, LinkKind::dossier);
    const std::string_view wanted = link ? std::string_view(*link) : text;
    std::vector<FoundDossier> matches;
    for (auto& dossier : visible_dossiers()) {
        const bool named = dossier.pinned && !link &&
                           is_called(client_.keyring().dossiers.at(dossier.id).name, wanted);
        if (named || begins(statement::to_text(dossier.id), wanted)) {
            matches.push_back(std::move(dossier));
        }
    }
    return only(known_first(std::move(matches)), "dossier", text);
}

DossierId Library::find_dossier_or_new(std::string_view text) const {
    const auto link = link_value(text, LinkKind::dossier);
    return link || text.size() == kIdLength ? parse_dossier(text) : find_dossier(text);
}

Fingerprint Library::find_card(std::string_view text) const {
    return known(find_any_card(text, {}));
}

Fingerprint Library::find_any_card(std::string_view text,
                                   const std::set<Fingerprint>& others) const {
    if (const auto given = given_card(text)) {
        return *given;
    }
    std::set<Fingerprint> matches;
    bool named = false;
    const auto look_at = [&](const Fingerprint& card, std::string_view name) {
        named = named || is_called(name, text);
        if (is_called(name, text) || begins(statement::to_text(card), text)) {
            matches.insert(card);
        }
    };
    look_at(client_.me(), "me");
    for (const auto& [card, pinned] : client_.keyring().cards) {
        if (card != client_.me()) {
            look_at(card, pinned.name);
        }
    }
    // A fingerprint that begins as the own name of another card does not come between.
    if (!named) {
        std::ranges::for_each(others, [&](const Fingerprint& card) { look_at(card, ""); });
    }
    if (matches.empty()) {
        if (const auto in_file = card_in_file(text)) {
            return *in_file;
        }
    }
    return only(std::vector(matches.begin(), matches.end()), "card", text);
}

Fingerprint Library::find_depositor(const DossierId& dossier, std::string_view text) {
    std::set<Fingerprint> allowed;
    for (const auto& [card, permission] : owned(dossier).state().permissions()) {
        if (permission.stands_at(client_.earlier_now())) {
            allowed.insert(card);
        }
    }
    return find_any_card(text, allowed);
}

Fingerprint Library::find_grantee(const DossierId& dossier,
                                  const std::vector<DocumentId>& documents, std::string_view text) {
    const std::set<DocumentId> named(documents.begin(), documents.end());
    std::set<Fingerprint> grantees;
    for (const auto& [key, grant] : owned(dossier).state().grants()) {
        if (named.contains(grant.document)) {
            grantees.insert(grant.grantee);
        }
    }
    return find_any_card(text, grantees);
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
        if (pinned != client_.keyring().cards.end() && is_called(pinned->second.name, text)) {
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
        if (std::ranges::find(ids, found.id) == ids.end()) {
            ids.push_back(found.id);
        }
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

Fingerprint find_card_among(const std::vector<statement::Card>& cards, std::string_view text) {
    const auto matching = [&](std::string_view wanted) {
        std::vector<Fingerprint> matches;
        for (const auto& card : cards) {
            const auto fingerprint = statement::fingerprint(card);
            if (begins(statement::to_text(fingerprint), wanted)) {
                matches.push_back(fingerprint);
            }
        }
        return matches;
    };
    const auto given = given_card(text);
    auto matches = matching(given ? statement::to_text(*given) : std::string(text));
    if (matches.empty() && !given) {
        if (const auto in_file = card_in_file(text)) {
            matches = matching(statement::to_text(*in_file));
        }
    }
    if (matches.empty()) {
        throw Error(ErrorKind::not_found,
                    "no card in the set now is called '" + base::printable(text) + "'");
    }
    return only(matches, "card", text);
}

DossierId parse_dossier(std::string_view text) {
    const auto link = link_value(text, LinkKind::dossier);
    if (!link && text.size() != kIdLength) {
        throw Error(ErrorKind::usage, "'" + base::printable(text) +
                                          "' is neither the link nor the whole id of a dossier");
    }
    return statement::parse_id<DossierId>(link ? std::string_view(*link) : text);
}

}  // namespace kluis::client
