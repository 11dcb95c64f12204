#include <kluis/base/error.hpp>
#include <kluis/statement/login.hpp>

#include <client/link.hpp>

#include <array>
#include <utility>

namespace kluis::client {

namespace {

using base::Error;
using base::ErrorKind;

constexpr std::array<std::pair<LinkKind, std::string_view>, 3> kNames{{
    {LinkKind::card, "card"},
    {LinkKind::dossier, "dossier"},
    {LinkKind::invite, "invite"},
}};

}  // namespace

std::string to_string(const Link& link) {
    for (const auto& [kind, name] : kNames) {
        if (kind == link.kind) {
            return link.origin + "/#" + std::string(name) + "=" + link.value;
        }
    }
    throw Error(ErrorKind::internal, "a link of an unknown kind");
}

std::optional<Link> parse_link(std::string_view text) {
    if (!text.starts_with("http://") && !text.starts_with("https://")) {
        return std::nullopt;
    }
    const auto hash = text.find("/#");
    const auto equals = hash == text.npos ? text.npos : text.find('=', hash);
    if (equals == text.npos || !statement::is_origin(text.substr(0, hash))) {
        throw Error(ErrorKind::malformed,
                    "this link is not one of a card, a dossier or an invitation");
    }
    const auto label = text.substr(hash + 2, equals - hash - 2);
    for (const auto& [kind, name] : kNames) {
        if (name == label) {
            return Link{kind, std::string(text.substr(0, hash)),
                        std::string(text.substr(equals + 1))};
        }
    }
    throw Error(ErrorKind::malformed, "this link is not one of a card, a dossier or an invitation");
}

std::optional<std::string> link_value(std::string_view text, LinkKind kind) {
    const auto link = parse_link(text);
    if (link && link->kind != kind) {
        throw Error(ErrorKind::usage, kind == LinkKind::card ? "this link is not one of a card"
                                                             : "this link is not one of a dossier");
    }
    return link ? std::optional(link->value) : std::nullopt;
}

}  // namespace kluis::client
