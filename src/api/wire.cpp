#include <api/wire.hpp>

#include <charconv>

namespace kluis::api {

namespace {

constexpr std::string_view kBearer = "Bearer ";
constexpr std::string_view kBytesUnit = "bytes=";

// A decimal number without leading zeros at the beginning of `text`, which it is taken off; or
// nothing.
std::optional<std::uint64_t> take_number(std::string_view& text) {
    if (text.size() > 1 && text[0] == '0' && text[1] >= '0' && text[1] <= '9') return std::nullopt;
    std::uint64_t number = 0;
    const char* end = text.data() + text.size();
    const auto [rest, error] = std::from_chars(text.data(), end, number);
    if (error != std::errc{}) return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(rest - text.data()));
    return number;
}

}  // namespace

Json challenge_json(const statement::Challenge& challenge) {
    return Json{{"challenge", base::base64_encode(challenge)}};
}

statement::Challenge parse_challenge(const Json& json) {
    base::JsonMembers members(json, "challenge");
    const auto challenge =
        base::from_base64<statement::Challenge>(members.string("challenge"), "challenge");
    members.finish();
    return challenge;
}

Json to_json(const InviteRequest& request) {
    return Json{{"invitation", invitation_text(request.invitation)},
                {"may_invite", request.may_invite}};
}

InviteRequest parse_invite(const Json& json) {
    base::JsonMembers members(json, "invitation request");
    InviteRequest request{invitation_from_text(members.string("invitation")),
                          members.integer("may_invite")};
    members.finish();
    if (request.may_invite > kInviteLimit) {
        throw base::Error(base::ErrorKind::malformed, "an invitation may let invite too many");
    }
    return request;
}

std::string invitation_text(const InvitationCode& code) {
    return base::base32_encode(code.view());
}

InvitationCode invitation_from_text(std::string_view text) {
    return InvitationCode::copy_of(base::base32_decode(text, "invitation code"));
}

std::optional<std::uint64_t> parse_place(std::string_view text) {
    if (text.empty()) return 0;
    const auto place = take_number(text);
    return text.empty() && place && *place < base::kJsonIntegerLimit ? place : std::nullopt;
}

std::string bearer_text(const SessionToken& token) {
    return std::string(kBearer) + base::base32_encode(token.view());
}

std::optional<SessionToken> parse_bearer(std::string_view header) {
    if (!header.starts_with(kBearer)) return std::nullopt;
    try {
        return SessionToken::copy_of(
            base::base32_decode(header.substr(kBearer.size()), "session token"));
    } catch (const base::Error&) {
        return std::nullopt;
    }
}

std::string revision_tag(std::uint64_t revision) {
    return '"' + std::to_string(revision) + '"';
}

std::optional<std::uint64_t> parse_revision_tag(std::string_view tag) {
    if (tag.empty()) return std::nullopt;
    std::string_view rest = tag.substr(1);
    const auto revision = take_number(rest);
    if (!revision || revision_tag(*revision) != tag) return std::nullopt;
    return revision;
}

std::string range_text(const ByteRange& range) {
    std::string text = std::string(kBytesUnit) + std::to_string(range.first) + "-";
    if (range.count <= kToTheEnd - range.first) {
        text += std::to_string(range.first + range.count - 1);
    }
    return text;
}

std::optional<ByteRange> parse_range(std::string_view header) {
    if (!header.starts_with(kBytesUnit)) return std::nullopt;
    std::string_view rest = header.substr(kBytesUnit.size());
    const auto first = take_number(rest);
    if (!first || !rest.starts_with('-')) return std::nullopt;
    rest.remove_prefix(1);
    if (rest.empty()) return ByteRange{*first, kToTheEnd};
    const auto last = take_number(rest);
    if (!last || !rest.empty() || *last < *first) return std::nullopt;
    const std::uint64_t count = *last - *first;
    return ByteRange{*first, count == kToTheEnd ? kToTheEnd : count + 1};
}

bool none_match_names(std::string_view header, std::string_view etag) {
    while (!header.empty()) {
        const std::size_t comma = std::min(header.find(','), header.size());
        std::string_view item = header.substr(0, comma);
        header.remove_prefix(std::min(comma + 1, header.size()));
        while (item.starts_with(' ') || item.starts_with('\t'))
            item.remove_prefix(1);
        while (item.ends_with(' ') || item.ends_with('\t'))
            item.remove_suffix(1);
        if (item.starts_with("W/")) item.remove_prefix(2);
        if (item == "*" || item == etag) return true;
    }
    return false;
}

}  // namespace kluis::api
