#include "who.hpp"

namespace kluis::bundle {

namespace {

std::set<Fingerprint> owners_of(const ManifestHead& head) {
    std::set<Fingerprint> owners;
    for (const auto& placed : head.statements) {
        const auto said = statement::parse_statement(placed.envelope.payload);
        if (std::holds_alternative<statement::DossierCreate>(said.act)) owners.insert(said.actor);
        if (const auto* transfer = std::get_if<statement::DossierTransfer>(&said.act)) {
            owners.insert(statement::fingerprint(transfer->card));
        }
    }
    return owners;
}

}  // namespace

WhoIsWho::WhoIsWho(const statement::Signed& seal, const ManifestHead& head,
                   const chain::State& state, const TrustedSets& trust)
    : seal_(std::get<statement::BundleSeal>(seal.statement.act)),
      sealed_(seal.statement.time),
      state_(state),
      trust_(trust),
      set_(known_set()),
      owners_(owners_of(head)) {
    for (const auto& organisation : trust_.anchors.organisations) {
        add(organisation.card, organisation.name);
    }
    if (set_ == nullptr) {
        return;
    }
    const auto name = "the commission's card set, version " + std::to_string(set_->version);
    for (const auto& dated : set_->cards) {
        add(dated, name);
    }
    check_recipients();
}

void WhoIsWho::add(const statement::DatedCard& dated, const std::string& name) {
    anchored_[statement::fingerprint(dated.card)].emplace_back(&dated, name);
}

void WhoIsWho::check_recipients() const {
    if (set_->version == seal_.set && sealed_ > set_->end) {
        throw base::Error(base::ErrorKind::forged,
                          "the bundle was sealed to a card set of the commission that had ended");
    }
    std::set<Fingerprint> members;
    for (const auto& card : statement::cards_at(*set_, sealed_)) {
        members.insert(statement::fingerprint(card));
    }
    for (const auto& recipient : seal_.recipients) {
        if (!members.contains(recipient)) {
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
    who.earlier_owner = !who.owner && owners_.contains(card);
    const auto found = anchored_.find(card);
    if (found == anchored_.end()) {
        return who;
    }
    for (const auto& [dated, name] : found->second) {
        if (dated->trusted_at(time)) {
            who.anchor = name;
            who.from = dated->from;
            who.until = dated->until;
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
        "every document here, and no other is here",
        "each document was deposited by a card that had the right to, and is as it was deposited: "
        "content, size and digest",
        "each description is by the card that is named, and names the content that was deposited"};
    if (set_ != nullptr) {
        verification.checked.push_back("every recipient was in the commission's card set");
    }
    verification.not_proved = {
        "that what the documents say is true",
        "that these are all documents there are: they are those that the owner chose",
        "when anything happened: times are claims of those who signed, in order; this version has "
        "no log and no time-stamps"};
    if (!verification.readers.empty()) {
        verification.checked.push_back(
            "every reader who was added is named by a recipient of the seal");
    }
    verification.not_proved.push_back(
        "that nobody else read it: who reads it can pass it on, and a reader who was added last "
        "can be taken out without a trace");
    if (set_ == nullptr) {
        verification.not_proved.push_back(
            "who the recipients are: no card set of this commission is known here");
    }
}

}  // namespace kluis::bundle
