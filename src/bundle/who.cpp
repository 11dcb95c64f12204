#include "who.hpp"

namespace kluis::bundle {

namespace {

bool holds_at(const statement::DatedCard& dated, base::Time time) {
    return dated.from <= time && (!dated.until || time < *dated.until);
}

}  // namespace

WhoIsWho::WhoIsWho(const statement::Signed& seal, const chain::State& state,
                   const TrustedSets& trust)
    : seal_(std::get<statement::BundleSeal>(seal.statement.act)),
      sealed_(seal.statement.time),
      state_(state),
      trust_(trust),
      set_(known_set()) {
    if (set_ == nullptr) {
        return;
    }
    const auto cards = statement::cards_at(*set_, sealed_);
    for (const auto& recipient : seal_.recipients) {
        const bool member = std::ranges::any_of(
            cards, [&](const Card& card) { return statement::fingerprint(card) == recipient; });
        if (!member) {
            throw base::Error(base::ErrorKind::forged,
                              "the bundle was sealed to card " + statement::to_text(recipient) +
                                  ", which was not in the commission's card set then");
        }
    }
}

// A set says who was in it at any time, since entries never go: the sealed version or a later one.
const statement::CardSet* WhoIsWho::known_set() const {
    const statement::CardSet* found = nullptr;
    for (const auto& set : trust_.sets) {
        if (set.jurisdiction == state_.dossier()->jurisdiction && set.version >= seal_.set &&
            (found == nullptr || set.version < found->version)) {
            found = &set;
        }
    }
    return found;
}

Who WhoIsWho::describe(const Fingerprint& card, base::Time time) const {
    Who who;
    who.fingerprint = card;
    who.owner = card == state_.dossier()->owner;
    for (const auto& organisation : trust_.anchors.organisations) {
        if (statement::fingerprint(organisation.card.card) == card &&
            holds_at(organisation.card, time)) {
            who.anchor = organisation.name;
        }
    }
    if (set_ != nullptr) {
        for (const auto& dated : set_->cards) {
            if (statement::fingerprint(dated.card) == card && holds_at(dated, time)) {
                who.anchor = "a member of the commission's card set, version " +
                             std::to_string(set_->version);
            }
        }
    }
    return who;
}

void WhoIsWho::complete(Verification& verification) const {
    verification.owner = describe(state_.dossier()->owner, sealed_);
    for (const auto& recipient : seal_.recipients) {
        verification.recipients.push_back(describe(recipient, sealed_));
    }
    verification.test_anchors = trust_.anchors.test;
    verification.checked = {
        "the file has the form of a bundle, complete to its end, with nothing in excess",
        "the seal is signed by the dossier's owner and covers the manifest; the manifest lists "
        "every "
        "document here, and no other is here",
        "each document was deposited by a card that had the right to, and is as it was deposited: "
        "content, size and digest",
        "each description is by the card that is named, and names the content that was deposited"};
    if (set_ != nullptr) {
        verification.checked.push_back("every recipient was in the commission's card set");
    }
    verification.not_proved = {
        "that what the documents say is true",
        "that these are all documents: they are those that the owner chose",
        "when anything happened: times are claims of those who signed, in order; this version has "
        "no log and no time-stamps"};
    if (set_ == nullptr) {
        verification.not_proved.push_back(
            "who the recipients are: no card set of this commission is known here");
    }
}

}  // namespace kluis::bundle
