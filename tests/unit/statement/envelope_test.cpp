#include <kluis/statement/envelope.hpp>

#include <doctest/doctest.h>
#include <support/person.hpp>
#include <support/refusal.hpp>

using namespace kluis;
using base::ErrorKind;
using base::Json;
using statement::Envelope;
using test::Person;
using test::refuses;

namespace {

Envelope example() {
    return statement::sign("application/example", base::to_bytes("a payload"),
                           Person("N.").signer(), "a key");
}

}  // namespace

TEST_CASE("the encoding before signing is DSSE's") {
    CHECK(base::as_text(statement::pre_authentication_encoding("http://example.com/HelloWorld",
                                                               base::as_bytes("hello world"))) ==
          "DSSEv1 29 http://example.com/HelloWorld 11 hello world");
}

TEST_CASE("an envelope verifies under the key that signed it, and under no other") {
    const Envelope envelope = example();
    CHECK(statement::verify(envelope, "application/example", Person("N.").signer().public_key()));
    CHECK_FALSE(
        statement::verify(envelope, "application/example", Person("M.").signer().public_key()));
}

TEST_CASE("an envelope does not verify as another type of message") {
    const Person person("N.");
    CHECK_FALSE(statement::verify(example(), "application/other", person.signer().public_key()));
    Envelope relabelled = example();
    relabelled.payload_type = "application/other";
    CHECK_FALSE(statement::verify(relabelled, "application/other", person.signer().public_key()));
}

TEST_CASE("an envelope of which one bit was changed does not verify") {
    const Person person("N.");
    Envelope payload = example();
    payload.payload[3] ^= 1;
    CHECK_FALSE(statement::verify(payload, "application/example", person.signer().public_key()));
    Envelope signature = example();
    signature.signature.writable()[40] ^= 1;
    CHECK_FALSE(statement::verify(signature, "application/example", person.signer().public_key()));
}

TEST_CASE("an envelope read again is the same, byte for byte") {
    const base::Bytes bytes = statement::encode(example());
    CHECK(statement::parse_envelope(bytes) == example());
    CHECK(statement::encode(statement::parse_envelope(bytes)) == bytes);
}

TEST_CASE("an envelope with no signature, or with two, is refused") {
    Json json = statement::to_json(example());
    const Json one = json["signatures"].array("signatures").front();
    json["signatures"] = Json::Array{};
    CHECK(refuses(ErrorKind::malformed, [&] { return statement::parse_envelope(json); }));
    json["signatures"] = Json::Array{one, one};
    CHECK(refuses(ErrorKind::malformed, [&] { return statement::parse_envelope(json); }));
}

TEST_CASE("an envelope with an unknown member is refused") {
    Json json = statement::to_json(example());
    json["extra"] = "x";
    CHECK(refuses(ErrorKind::malformed, [&] { return statement::parse_envelope(json); }));
    json = statement::to_json(example());
    Json signature = json["signatures"].array("signatures").front();
    signature["cert"] = "x";
    json["signatures"] = Json::Array{signature};
    CHECK(refuses(ErrorKind::malformed, [&] { return statement::parse_envelope(json); }));
}

TEST_CASE("an envelope whose base64 is not canonical is refused") {
    for (const char* payload : {"YQ", "YR==", "YQ==\n", "Y-8="}) {
        CAPTURE(payload);
        Json json = statement::to_json(example());
        json["payload"] = payload;
        CHECK(refuses(ErrorKind::malformed, [&] { return statement::parse_envelope(json); }));
    }
}

TEST_CASE("an envelope whose signature has another length is refused") {
    Json json = statement::to_json(example());
    json["signatures"] =
        Json::Array{Json{{"keyid", "a key"}, {"sig", base::base64_encode(base::Bytes(63))}}};
    CHECK(refuses(ErrorKind::malformed, [&] { return statement::parse_envelope(json); }));
}

TEST_CASE("an envelope whose type or key id is not printable ASCII is refused") {
    for (const char* text : {"line\nend", "\xc3\xa9", "\x7f"}) {
        CAPTURE(text);
        Envelope envelope = example();
        envelope.key_id = text;
        CHECK(refuses(ErrorKind::malformed,
                      [&] { return statement::parse_envelope(statement::to_json(envelope)); }));
        envelope = example();
        envelope.payload_type = text;
        CHECK(refuses(ErrorKind::malformed,
                      [&] { return statement::parse_envelope(statement::to_json(envelope)); }));
    }
}

TEST_CASE("an envelope of more than 4 MiB is refused, and never made") {
    Envelope envelope = example();
    envelope.payload.resize(statement::kEnvelopeLimit * 3 / 4);
    CHECK(refuses(ErrorKind::limit, [&] { return statement::encode(envelope); }));
    CHECK(refuses(ErrorKind::limit,
                  [&] { return statement::parse_envelope(statement::to_json(envelope)); }));
    const base::Bytes bytes(statement::kEnvelopeLimit + 1, ' ');
    CHECK(refuses(ErrorKind::limit, [&] { return statement::parse_envelope(bytes); }));
}

TEST_CASE("an envelope of exactly 4 MiB is taken in either form, and not a byte more") {
    Envelope envelope = example();
    const std::size_t around =
        statement::encode(envelope).size() - base::base64_encode(envelope.payload).size();
    // A key id makes up what base64's steps of four leave.
    envelope.payload.resize((statement::kEnvelopeLimit - around) / 4 * 3);
    envelope.key_id += std::string((statement::kEnvelopeLimit - around) % 4, 'a');
    CHECK(statement::encode(envelope).size() == statement::kEnvelopeLimit);
    CHECK(statement::parse_envelope(statement::to_json(envelope)) == envelope);
    envelope.key_id += 'a';
    CHECK(refuses(ErrorKind::limit,
                  [&] { return statement::parse_envelope(statement::to_json(envelope)); }));
    envelope.key_id = std::string(statement::kEnvelopeLimit, 'a');
    CHECK(refuses(ErrorKind::limit,
                  [&] { return statement::parse_envelope(statement::to_json(envelope)); }));
}

TEST_CASE("an envelope's hash is of its payload, its log entry of signature and payload") {
    const Envelope envelope = example();
    CHECK(statement::payload_hash(envelope) == crypto::sha256(envelope.payload));
    base::Bytes leaf = base::to_bytes("bewijskluis.org/v1/leaf");
    base::append(leaf, envelope.signature);
    base::append(leaf, envelope.payload);
    CHECK(statement::log_entry(envelope) == crypto::sha256(leaf));
}
