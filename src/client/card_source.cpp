#include <kluis/base/file.hpp>
#include <kluis/base/text.hpp>

#include <client/card_source.hpp>
#include <client/link.hpp>

#include <variant>

namespace kluis::client {

namespace {

using base::Error;
using base::ErrorKind;

constexpr std::size_t kFingerprintLength = 32;  // in characters
constexpr std::size_t kCardFileLimit = 4096;

bool is_card_text(std::string_view text) {
    return text.starts_with('{');
}

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view kSpace = " \t\r\n";
    const auto first = text.find_first_not_of(kSpace);
    return first == text.npos ? std::string_view()
                              : text.substr(first, text.find_last_not_of(kSpace) - first + 1);
}

// The fingerprint in the link of a card, or a whole one; nothing if `text` is neither.
std::optional<Fingerprint> given_fingerprint(std::string_view text) {
    if (const auto value = link_value(text, LinkKind::card)) {
        return statement::parse_id<Fingerprint>(*value);
    }
    if (text.size() != kFingerprintLength) {
        return std::nullopt;
    }
    try {
        return statement::parse_id<Fingerprint>(text);
    } catch (const Error&) {
        return std::nullopt;
    }
}

// What a file says of a card: itself, or a link to it.
using CardFile = std::variant<statement::Card, Fingerprint>;

std::optional<CardFile> read_card_file(std::string_view name) {
    // A text that is too long for a name is no file either.
    std::error_code none;
    const std::filesystem::path file(name);
    if (!std::filesystem::is_regular_file(file, none)) {
        return std::nullopt;
    }
    const auto bytes = base::read_file(file, kCardFileLimit);
    const auto content = trimmed(base::as_text(bytes));
    if (const auto value = link_value(content, LinkKind::card)) {
        return statement::parse_id<Fingerprint>(*value);
    }
    return statement::parse_card_text(content);
}

statement::Card fetch_card(Client& client, const Fingerprint& fingerprint) {
    const auto card = client.service().card(client.session(), fingerprint);
    if (statement::fingerprint(card) != fingerprint) {
        throw Error(ErrorKind::forged,
                    "the server answered with another card than the one asked for",
                    "do not use it; get the card from its holder as a file");
    }
    return card;
}

}  // namespace

std::optional<Fingerprint> given_card(std::string_view text) {
    return is_card_text(text)
               ? std::optional(statement::fingerprint(statement::parse_card_text(text)))
               : given_fingerprint(text);
}

std::optional<Fingerprint> card_in_file(std::string_view name) {
    const auto file = read_card_file(name);
    if (!file) {
        return std::nullopt;
    }
    const auto* card = std::get_if<statement::Card>(&*file);
    return card != nullptr ? statement::fingerprint(*card) : std::get<Fingerprint>(*file);
}

LoadedCard load_card(Client& client, const std::string& text) {
    if (is_card_text(text)) {
        return {statement::parse_card_text(text), false};
    }
    if (const auto fingerprint = given_fingerprint(text)) {
        return {fetch_card(client, *fingerprint), true};
    }
    const auto file = read_card_file(text);
    if (!file) {
        throw Error(ErrorKind::usage,
                    "'" + base::printable(text) +
                        "' is neither a file, a link, the text of a card nor a whole fingerprint");
    }
    const auto* card = std::get_if<statement::Card>(&*file);
    return {card != nullptr ? *card : fetch_card(client, std::get<Fingerprint>(*file)), false};
}

std::optional<statement::Card> read_card(std::string_view text) {
    if (is_card_text(text)) {
        return statement::parse_card_text(text);
    }
    if (given_fingerprint(text)) {
        return std::nullopt;
    }
    const auto file = read_card_file(text);
    if (!file) {
        return std::nullopt;
    }
    if (std::holds_alternative<Fingerprint>(*file)) {
        throw Error(ErrorKind::usage, "this file holds a link to a card, not the card",
                    "ask its holder for what `kluis card show --as text` shows");
    }
    return std::get<statement::Card>(*file);
}

}  // namespace kluis::client
