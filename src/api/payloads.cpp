#include <api/payloads.hpp>

#include <array>
#include <set>

namespace kluis::api {

namespace {

constexpr std::array kRoles{Role::content, Role::metadata, Role::preview, Role::word};

base::Error malformed(const char* why) {
    return base::Error(base::ErrorKind::malformed, std::string("the payloads: ") + why);
}

base::ByteView take(base::ByteView& rest, std::size_t size) {
    if (rest.size() < size) throw malformed("the body ends within one");
    const base::ByteView taken = rest.first(size);
    rest = rest.subspan(size);
    return taken;
}

std::size_t take_size(base::ByteView& rest) {
    std::size_t size = 0;
    for (const std::uint8_t byte : take(rest, 4))
        size = size << 8 | byte;
    if (size == 0 || size > kSmallPayload) throw malformed("one is empty or too large");
    return size;
}

}  // namespace

Bytes encode_payloads(std::span<const SmallPayload> payloads) {
    std::size_t size = 0;
    for (const SmallPayload& payload : payloads)
        size += kPayloadFrame + payload.stored.size();
    Bytes body;
    body.reserve(size);
    for (const SmallPayload& payload : payloads) {
        base::append(body, payload.document);
        body.push_back(
            static_cast<std::uint8_t>(std::ranges::find(kRoles, payload.role) - kRoles.begin()));
        base::append(body, base::big_endian(payload.stored.size(), 4));
        base::append(body, payload.stored);
    }
    return body;
}

std::vector<SmallPayload> parse_payloads(base::ByteView body) {
    if (body.empty()) throw malformed("there is none");
    std::vector<SmallPayload> payloads;
    std::set<std::pair<DocumentId, Role>> seen;
    while (!body.empty()) {
        SmallPayload payload;
        payload.document = DocumentId::from(take(body, DocumentId::kSize));
        const std::uint8_t role = take(body, 1).front();
        if (role >= kRoles.size()) throw malformed("one has an unknown role");
        payload.role = kRoles[role];
        payload.stored = base::to_bytes(take(body, take_size(body)));
        if (!seen.emplace(payload.document, payload.role).second) {
            throw malformed("two are of the same document and role");
        }
        payloads.push_back(std::move(payload));
    }
    return payloads;
}

}  // namespace kluis::api
