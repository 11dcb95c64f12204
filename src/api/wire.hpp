// What travels beside the JSON of types.hpp: requests and replies that are a single value, and the
// headers that carry a session, a revision and a range. docs/api.yaml shows each.
//
// Thread-safety: pure functions.
#pragma once

#include <api/service.hpp>

namespace kluis::api {

inline constexpr std::string_view kJsonMediaType = "application/json";
inline constexpr std::string_view kLinesMediaType = "application/jsonl";
inline constexpr std::string_view kBytesMediaType = "application/octet-stream";

// {"challenge": base64}.
Json challenge_json(const statement::Challenge& challenge);
statement::Challenge parse_challenge(const Json& json);

// {"invitation": base32, "may_invite": n}.
Json to_json(const InviteRequest& request);
InviteRequest parse_invite(const Json& json);

// The text of a code, as in a link; parsing throws Error(malformed).
std::string invitation_text(const InvitationCode& code);
InvitationCode invitation_from_text(std::string_view text);

// A place in a query: a plain decimal number; empty means the first. Nothing for all else.
std::optional<std::uint64_t> parse_place(std::string_view text);

// `Authorization: Bearer …`. Parsing returns nothing for anything but the one spelling.
std::string bearer_text(const SessionToken& token);
std::optional<SessionToken> parse_bearer(std::string_view header);

// A keyring's revision as ETag and If-Match: its number in quotes.
std::string revision_tag(std::uint64_t revision);
std::optional<std::uint64_t> parse_revision_tag(std::string_view tag);

// `Range: bytes=a-b` or, to the end, `bytes=a-`. Parsing returns nothing for all else (several
// ranges, suffixes, other units, leading zeros), which a server answers as if there were no range.
// REQUIRES: range.count > 0; a count that goes past 2^64 means to the end.
std::string range_text(const ByteRange& range);
std::optional<ByteRange> parse_range(std::string_view header);
inline constexpr std::uint64_t kToTheEnd = ~std::uint64_t{0};

// Whether an If-None-Match header names `etag` (or is `*`), by weak comparison.
bool none_match_names(std::string_view header, std::string_view etag);

}  // namespace kluis::api
