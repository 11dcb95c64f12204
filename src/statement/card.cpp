#include "members.hpp"

#include <kluis/statement/card.hpp>

namespace kluis::statement {

using base::Error;
using base::ErrorKind;
using base::Json;

namespace {

constexpr std::string_view kFingerprintLabel = "bewijskluis.org/v1/card";
constexpr std::string_view kRecipientPrefix = "age";
constexpr std::string_view kCardTextType = "bewijskluis-card";
constexpr std::size_t kCardTextLimit = 4096;

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view kSpace = " \t\r\n";
    const std::size_t begin = text.find_first_not_of(kSpace);
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(kSpace) - begin + 1);
}

crypto::X25519Public parse_recipient(const std::string& text) {
    const auto recipient = crypto::X25519Public::from(
        base::bech32_decode(kRecipientPrefix, text, "a card's recipient"));
    if (base::bech32_encode(kRecipientPrefix, recipient) != text) {
        throw Error(ErrorKind::malformed, "a card's recipient is not in lower case");
    }
    if (crypto::is_low_order(recipient)) {
        throw Error(ErrorKind::malformed,
                    "a card's recipient is of low order: whoever seals to it seals for everybody");
    }
    return recipient;
}

}  // namespace

Fingerprint fingerprint(const Card& card) {
    const Digest digest =
        crypto::sha256({base::as_bytes(kFingerprintLabel), card.recipient, card.signing});
    return Fingerprint::from(digest.view().first(Fingerprint::kSize));
}

std::string recipient_text(const Card& card) {
    return base::bech32_encode(kRecipientPrefix, card.recipient);
}

Json to_json(const Card& card) {
    return {{"recipient", recipient_text(card)}, {"signing", base64_json(card.signing)}};
}

Card parse_card(const Json& json) {
    base::JsonMembers members(json, "a card");
    Card card;
    card.recipient = parse_recipient(members.string("recipient"));
    card.signing = base64_member<crypto::Ed25519Public>(members, "signing");
    members.finish();
    return card;
}

std::string card_text(const Card& card) {
    return base::canonical_json({{"card", to_json(card)},
                                 {"fingerprint", to_text(fingerprint(card))},
                                 {"type", kCardTextType}},
                                base::JsonText::ascii);
}

Card parse_card_text(std::string_view text) {
    const std::string_view line = trimmed(text);
    if (line.size() > kCardTextLimit) {
        throw Error(ErrorKind::malformed, "this is too long to be a card");
    }
    const Json json =
        base::parse_canonical_json(base::as_bytes(line), base::JsonText::ascii, "a card's text");
    base::JsonMembers members(json, "a card's text");
    if (members.string("type") != kCardTextType) {
        throw Error(ErrorKind::malformed, "this is not a card's text");
    }
    const Card card = card_member(members, "card");
    const auto written = id_member<Fingerprint>(members, "fingerprint");
    members.finish();
    if (written != fingerprint(card)) {
        throw Error(ErrorKind::forged, "the fingerprint in this text is not the card's");
    }
    return card;
}

}  // namespace kluis::statement
