// Links that people give each other. What a link says lies in its fragment, which a browser never
// sends: the server does not learn who was shown which card, and cannot choose whom a client
// trusts.
//
//   ORIGIN/#card=<fingerprint>      ORIGIN/#dossier=<id>      ORIGIN/#invite=<code>
//
// Thread-safety: plain values and pure functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace kluis::client {

enum class LinkKind { card, dossier, invite };

struct Link {
    LinkKind kind = LinkKind::card;
    std::string origin;
    std::string value;  // base32, not parsed further
};

std::string to_string(const Link& link);

// Nothing if `text` is no link at all (does not begin with http:// or https://). Throws
// Error(malformed) if it is a link, but not one of these.
std::optional<Link> parse_link(std::string_view text);

// The value of a link of this kind; nothing if `text` is no link. Throws as parse_link, and
// Error(usage) for a link of another kind.
std::optional<std::string> link_value(std::string_view text, LinkKind kind);

}  // namespace kluis::client
