#include <kluis/crypto/random.hpp>

#include <api/payloads.hpp>
#include <doctest/doctest.h>
#include <support/refusal.hpp>

using namespace kluis;
using api::Role;

namespace {

const auto kDocument = api::DocumentId::from(base::Bytes(16, 7));

api::SmallPayload payload(Role role, std::size_t size) {
    return {kDocument, role, base::Bytes(size, 3)};
}

bool malformed(const base::Bytes& body) {
    return test::refuses(base::ErrorKind::malformed, [&] { return api::parse_payloads(body); });
}

base::Bytes encoded(const std::vector<api::SmallPayload>& payloads) {
    return api::encode_payloads(payloads);
}

}  // namespace

TEST_CASE("payloads sent together come out as they went in") {
    const std::vector<api::SmallPayload> sent{
        payload(Role::word, 1), payload(Role::content, api::kSmallPayload),
        payload(Role::metadata, 2080), payload(Role::preview, 5)};
    const auto body = encoded(sent);
    const auto parsed = api::parse_payloads(body);
    REQUIRE(parsed.size() == sent.size());
    for (std::size_t i = 0; i < sent.size(); ++i) {
        CHECK(parsed[i].document == sent[i].document);
        CHECK(parsed[i].role == sent[i].role);
        CHECK(parsed[i].stored == sent[i].stored);
    }
    CHECK(encoded(parsed) == body);
}

TEST_CASE("a frame is the document's id, the role's number, the size and the payload") {
    base::Bytes expected(16, 7);
    base::append(expected, base::Bytes{1, 0, 0, 0, 2, 3, 3});
    CHECK(encoded({payload(Role::metadata, 2)}) == expected);
    CHECK(expected.size() == api::kPayloadFrame + 2);
}

TEST_CASE("a body without a payload, or one that ends within a payload, is refused") {
    CHECK(malformed({}));
    const auto body = encoded({payload(Role::content, 3), payload(Role::metadata, 3)});
    const std::size_t first = api::kPayloadFrame + 3;
    for (std::size_t size = 1; size < body.size(); ++size) {
        CAPTURE(size);
        CHECK(malformed(base::to_bytes(base::ByteView(body).first(size))) == (size != first));
    }
}

TEST_CASE("a payload of an unknown role, without a byte, or too large, is refused") {
    auto body = encoded({payload(Role::content, 3)});
    body[16] = 4;
    CHECK(malformed(body));
    CHECK(malformed(encoded({payload(Role::content, 0)})));
    CHECK(malformed(encoded({payload(Role::content, api::kSmallPayload + 1)})));
    body[16] = 0;
    body[17] = 0xff;
    CHECK(malformed(body));
}

TEST_CASE("two payloads of the same document and role are refused") {
    CHECK(malformed(encoded({payload(Role::content, 3), payload(Role::content, 4)})));
}
