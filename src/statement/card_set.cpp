#include "dated.hpp"
#include "members.hpp"

#include <kluis/statement/card_set.hpp>
#include <kluis/statement/statement.hpp>

namespace kluis::statement {

using base::Error;
using base::ErrorKind;
using base::Json;

namespace {

constexpr std::string_view kRootLabel = "bewijskluis.org/v1/root";

std::string card_key(const DatedCard& dated) {
    return to_text(fingerprint(dated.card));
}

std::vector<DatedCard> parse_cards(const Json& json) {
    std::vector<DatedCard> cards;
    std::string last;
    for (const Json& item : json.array("cards")) {
        base::JsonMembers members(item, "an entry of a card set");
        cards.push_back(read_dated_card(members));
        members.finish();
        std::string key = card_key(cards.back());
        if (key <= last) throw Error(ErrorKind::malformed, "cards is not in ascending order");
        last = std::move(key);
    }
    return cards;
}

}  // namespace

std::string root_key_id(const crypto::Ed25519Public& root) {
    const Digest digest = crypto::sha256({base::as_bytes(kRootLabel), root});
    return base::base32_encode(digest.view().first(Fingerprint::kSize));
}

Envelope sign_card_set(const CardSet& set, const crypto::Ed25519Signer& root) {
    std::vector<DatedCard> sorted = set.cards;
    std::ranges::sort(sorted, {}, card_key);
    Json::Array cards;
    for (const DatedCard& dated : sorted)
        cards.emplace_back(dated_members(dated));
    base::Bytes payload = payload_of({{"cards", std::move(cards)},
                                      {"end", base::to_string(set.end)},
                                      {"issued", base::to_string(set.issued)},
                                      {"jurisdiction", set.jurisdiction},
                                      {"version", set.version}});
    return sign(kCardSetType, std::move(payload), root, root_key_id(root.public_key()));
}

CardSet parse_card_set(const Envelope& envelope) {
    if (envelope.payload_type != kCardSetType) {
        throw Error(ErrorKind::malformed, "this is not a card set");
    }
    parse_id<Fingerprint>(envelope.key_id);
    const Json json =
        base::parse_canonical_json(envelope.payload, base::JsonText::ascii, "a card set");
    base::JsonMembers members(json, "a card set");
    CardSet set;
    set.cards = parse_cards(members.required("cards"));
    set.end = time_member(members, "end");
    set.issued = time_member(members, "issued");
    set.jurisdiction = members.string("jurisdiction");
    set.version = count_member(members, "version");
    members.finish();
    if (!is_jurisdiction_code(set.jurisdiction)) {
        throw Error(ErrorKind::malformed, "a card set names no jurisdiction");
    }
    if (set.end <= set.issued) {
        throw Error(ErrorKind::malformed, "a card set ends before it is issued");
    }
    return set;
}

std::vector<Card> cards_at(const CardSet& set, base::Time time) {
    std::vector<Card> cards;
    for (const DatedCard& dated : set.cards) {
        if (dated.trusted_at(time)) cards.push_back(dated.card);
    }
    return cards;
}

bool may_follow(const CardSet& current, const CardSet& next) {
    if (next.jurisdiction != current.jurisdiction || next.version <= current.version ||
        next.issued < current.issued) {
        return false;
    }
    return std::ranges::all_of(current.cards, [&](const DatedCard& old) {
        const auto kept = std::ranges::find(next.cards, old.card, &DatedCard::card);
        if (kept == next.cards.end() || kept->from != old.from) return false;
        return !old.until || (kept->until && *kept->until <= *old.until);
    });
}

CardSet verified_card_set(const Envelope& envelope, const Anchors& anchors) {
    CardSet set = parse_card_set(envelope);
    for (const Root& root : anchors.roots) {
        if (root.jurisdiction == set.jurisdiction && root.trusted_at(set.issued) &&
            envelope.key_id == root_key_id(root.key) && verify(envelope, kCardSetType, root.key)) {
            return set;
        }
    }
    throw Error(ErrorKind::untrusted, "no root key that is trusted here signed this card set",
                "get the card set from the commission, or name its trust anchors");
}

}  // namespace kluis::statement
