#include <kluis/statement/consent.hpp>

#include <doctest/doctest.h>
#include <support/person.hpp>
#include <support/refusal.hpp>

using namespace kluis;
using base::ErrorKind;
using statement::Consent;
using test::Person;
using test::refuses;
using test::value_of;

namespace {

Consent example() {
    return {value_of<statement::DossierId>("dossier"), Person("J.").fingerprint(),
            Person("N.").fingerprint(), value_of<statement::Salt>("salt")};
}

}  // namespace

TEST_CASE("a consent read again says the same and verifies under the new owner's key") {
    const auto envelope = statement::sign_consent(example(), Person("N.").signer());
    const Consent read = statement::parse_consent(envelope);
    CHECK(read.dossier == example().dossier);
    CHECK(read.from == example().from);
    CHECK(read.to == example().to);
    CHECK(read.salt == example().salt);
    CHECK(statement::verify(envelope, statement::kConsentType, Person("N.").signer().public_key()));
}

TEST_CASE("a consent under the key id of another card than the new owner's is refused") {
    auto envelope = statement::sign_consent(example(), Person("N.").signer());
    envelope.key_id = statement::to_text(Person("J.").fingerprint());
    CHECK(refuses(ErrorKind::malformed, [&] { return statement::parse_consent(envelope); }));
}

TEST_CASE("a message of another type is no consent") {
    auto envelope = statement::sign_consent(example(), Person("N.").signer());
    envelope.payload_type = statement::kStatementType;
    CHECK(refuses(ErrorKind::malformed, [&] { return statement::parse_consent(envelope); }));
}

TEST_CASE("a consent with a member too many or too few is refused") {
    const auto envelope = statement::sign_consent(example(), Person("N.").signer());
    const base::Json json =
        base::parse_canonical_json(envelope.payload, base::JsonText::ascii, "a consent");
    for (const char* member : {"dossier", "from", "to", "salt", "extra"}) {
        CAPTURE(member);
        base::Json::Object changed = json.object("a consent");
        if (changed.erase(member) == 0) changed[member] = "x";
        auto other = envelope;
        other.payload = base::to_bytes(base::canonical_json(changed, base::JsonText::ascii));
        CHECK(refuses(ErrorKind::malformed, [&] { return statement::parse_consent(other); }));
    }
}
