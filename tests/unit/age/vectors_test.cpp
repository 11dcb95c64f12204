// The shared vectors of headers and streams.
#include "support/vectors.hpp"

#include "support/refusal.hpp"

#include <kluis/age/open/payload_reader.hpp>
#include <kluis/age/seal/header.hpp>

#include <doctest/doctest.h>

using namespace kluis;
using base::ErrorKind;
using test::refuses;

namespace {

base::Bytes plain_of(std::size_t size) {
    base::Bytes plain(size);
    for (std::size_t i = 0; i < size; ++i)
        plain[i] = static_cast<std::uint8_t>(7 * i % 251);
    return plain;
}

bool is_malformed(base::ByteView header) {
    return refuses(ErrorKind::malformed, [&] { return age::parse_header(header); });
}

bool is_other(base::ByteView header) {
    return refuses(ErrorKind::malformed, [&] {
        age::require_single_x25519_stanza(header);
        return 0;
    });
}

// What was released of `payload`, and whether it was found good.
std::pair<base::Bytes, bool> opened(const age::FileKey& key, base::ByteView payload, bool whole) {
    base::MemoryReader in(payload);
    base::MemoryWriter out;
    const bool forged = refuses(ErrorKind::forged, [&] {
        if (whole) {
            age::decrypt_payload(key, in, out);
        } else {
            age::PayloadReader reader(key, in);
            base::copy(reader, out);
        }
        return 0;
    });
    return {out.take(), !forged};
}

}  // namespace

TEST_CASE("each vector of a header is taken, told apart or refused") {
    std::map<std::string, int> seen;
    for (const auto& vector : test::vectors("headers")) {
        CAPTURE(vector.name);
        const base::ByteView header = base::as_bytes(vector.text("header"));
        const std::string& expect = vector.text("expect");
        CHECK(is_malformed(header) == (expect == "malformed"));
        CHECK(is_other(header) == (expect != "ok"));
        ++seen[expect];
        if (expect == "malformed") continue;
        CHECK(base::equal(age::encode(age::parse_header(header)), header));
    }
    CHECK(seen["ok"] == 2);
    CHECK(seen["other"] > 15);
    CHECK(seen["malformed"] > 30);
}

TEST_CASE("each vector of a stream opens to its plaintext, or is refused with no more released") {
    std::size_t good = 0;
    std::size_t forged = 0;
    for (const auto& vector : test::vectors("streams")) {
        CAPTURE(vector.name);
        const auto key = age::FileKey::copy_of(vector.bytes("key"));
        const base::Bytes payload = base::base64_decode(vector.text("payload"), "payload");
        const base::Bytes plain = plain_of(vector.number("size"));
        const bool is_good = vector.text("expect") == "ok";
        for (const bool whole : {false, true}) {
            const auto [released, accepted] = opened(key, payload, whole);
            CHECK(accepted == is_good);
            const std::size_t most = is_good ? plain.size() : vector.number("released");
            CHECK(released.size() <= most);
            CHECK(base::equal(released, base::ByteView(plain).first(released.size())));
            if (is_good) CHECK(released.size() == plain.size());
        }
        ++(is_good ? good : forged);
    }
    CHECK(good == 6);
    CHECK(forged > 15);
}
