#include "members.hpp"

#include <kluis/base/words.hpp>
#include <kluis/crypto/random.hpp>
#include <kluis/statement/login.hpp>

#include <arpa/inet.h>

#include <charconv>

namespace kluis::statement {

using base::Error;
using base::ErrorKind;

namespace {

constexpr std::size_t kHandleWords = 4;
constexpr std::size_t kOriginLimit = 300;
constexpr std::size_t kLabelLimit = 63;
constexpr std::size_t kPortDigits = 5;

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool is_label(std::string_view text) {
    if (text.empty() || text.size() > kLabelLimit) return false;
    if (text.front() == '-' || text.back() == '-') return false;
    return std::ranges::all_of(
        text, [](char c) { return is_digit(c) || (c >= 'a' && c <= 'z') || c == '-'; });
}

// Whether `text` is an address of `family` in the form in which the system writes it.
bool is_address(int family, const std::string& text) {
    std::array<unsigned char, sizeof(in6_addr)> address{};
    std::array<char, INET6_ADDRSTRLEN> written{};
    return ::inet_pton(family, text.c_str(), address.data()) == 1 &&
           ::inet_ntop(family, address.data(), written.data(), written.size()) != nullptr &&
           text == written.data();
}

bool is_host(std::string_view text) {
    if (text.starts_with('[') && text.ends_with(']')) {
        const std::string inner(text.substr(1, text.size() - 2));
        // Browsers write an embedded IPv4 address in hexadecimal, the system in decimal: neither is
        // taken.
        return inner.find('.') == std::string::npos && is_address(AF_INET6, inner);
    }
    std::string_view rest = text;
    std::string_view label;
    do {
        const std::size_t end = std::min(rest.find('.'), rest.size());
        label = rest.substr(0, end);
        if (!is_label(label)) return false;
        rest.remove_prefix(std::min(end + 1, rest.size()));
    } while (!rest.empty());
    if (text.ends_with('.')) return false;
    return !std::ranges::all_of(label, is_digit) || is_address(AF_INET, std::string(text));
}

bool is_port(std::string_view text, unsigned standard) {
    if (text.empty() || text.size() > kPortDigits || text.front() == '0') return false;
    if (!std::ranges::all_of(text, is_digit)) return false;
    unsigned port = 0;
    std::from_chars(text.data(), text.data() + text.size(), port);
    return port <= 65535 && port != standard;
}

std::string name_text(const LoginName& who) {
    if (const auto* handle = std::get_if<Handle>(&who)) return handle->text;
    return to_text(std::get<Fingerprint>(who));
}

}  // namespace

Handle parse_handle(std::string_view text) {
    base::parse_words(text, kHandleWords, "a handle", '-');
    return {std::string(text)};
}

Handle random_handle() {
    std::string text;
    for (std::size_t i = 0; i < kHandleWords; ++i) {
        if (i > 0) text += '-';
        text += base::word(crypto::random_below(base::kWordCount));
    }
    return {text};
}

bool is_origin(std::string_view text) {
    if (text.size() > kOriginLimit) return false;
    unsigned standard_port = 0;
    for (const auto& [scheme, port] : {std::pair<std::string_view, unsigned>{"https://", 443},
                                       std::pair<std::string_view, unsigned>{"http://", 80}}) {
        if (!text.starts_with(scheme)) continue;
        standard_port = port;
        text.remove_prefix(scheme.size());
        break;
    }
    if (standard_port == 0) return false;
    const std::size_t host_end = text.starts_with('[') ? text.find(']') : 0;
    if (host_end == std::string_view::npos) return false;
    const std::size_t colon = text.find(':', host_end);
    if (colon == std::string_view::npos) return is_host(text);
    return is_host(text.substr(0, colon)) && is_port(text.substr(colon + 1), standard_port);
}

Envelope sign_login(const Login& login, const crypto::Ed25519Signer& signer) {
    const bool by_handle = std::holds_alternative<Handle>(login.who);
    base::Bytes payload = payload_of({{"challenge", base64_json(login.challenge)},
                                      {by_handle ? "handle" : "fingerprint", name_text(login.who)},
                                      {"origin", login.origin}});
    return sign(kLoginType, std::move(payload), signer, name_text(login.who));
}

Login parse_login(const Envelope& envelope) {
    if (envelope.payload_type != kLoginType) {
        throw Error(ErrorKind::malformed, "this is not a login");
    }
    const base::Json json =
        base::parse_canonical_json(envelope.payload, base::JsonText::ascii, "a login");
    base::JsonMembers members(json, "a login");
    Login login;
    login.challenge = base64_member<Challenge>(members, "challenge");
    login.origin = members.string("origin");
    if (!is_origin(login.origin)) throw Error(ErrorKind::malformed, "a login names no origin");
    if (members.optional("handle")) {
        login.who = parse_handle(members.string("handle"));
    } else {
        login.who = id_member<Fingerprint>(members, "fingerprint");
    }
    members.finish();
    if (envelope.key_id != name_text(login.who)) {
        throw Error(ErrorKind::malformed, "a login's key id is not who logs in");
    }
    return login;
}

}  // namespace kluis::statement
