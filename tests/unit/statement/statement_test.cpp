#include "example_acts.hpp"

#include <kluis/statement/consent.hpp>
#include <kluis/statement/statement.hpp>

#include <doctest/doctest.h>
#include <support/person.hpp>
#include <support/refusal.hpp>

using namespace kluis;
using namespace kluis::statement;
using base::ErrorKind;
using test::Person;
using test::refuses;
using test::value_of;

TEST_CASE("every act read again is written as the same bytes") {
    for (const Act& act : test::example_acts()) {
        CAPTURE(type_name(act));
        const Statement statement = test::example_statement(act);
        const base::Bytes payload = encode(statement);
        const Statement read = parse_statement(payload);
        CHECK(type_name(read.act) == type_name(act));
        CHECK(encode(read) == payload);
        CHECK(read.dossier == statement.dossier);
        CHECK(read.previous == statement.previous);
        CHECK(read.actor == statement.actor);
        CHECK(read.time == statement.time);
        CHECK(read.salt == statement.salt);
    }
}

TEST_CASE("there is an example of every act") {
    std::set<std::size_t> seen;
    for (const Act& act : test::example_acts())
        seen.insert(act.index());
    CHECK(seen.size() == std::variant_size_v<Act>);
}

TEST_CASE("a signed statement verifies under its actor's card") {
    const Person owner("J.");
    const Signed create = sign(test::example_statement(test::example_create()), owner.signer());
    CHECK(verify(create.envelope, kStatementType, owner.card().signing));
    CHECK(create.hash == payload_hash(create.envelope));
    CHECK(create.envelope.key_id == to_text(owner.fingerprint()));
}

TEST_CASE("a signature that was checked before holds for the card that it was checked with alone") {
    const Person owner("J.");
    const Person other("another");
    Signed create = sign(test::example_statement(test::example_create()), owner.signer());
    check_signature(create, other.card());
    CHECK_FALSE(is_signed_by(create, other.card()));
    CHECK(is_signed_by(create, owner.card()));
    check_signature(create, owner.card());
    CHECK(is_signed_by(create, owner.card()));
    CHECK_FALSE(is_signed_by(create, other.card()));
}

TEST_CASE("a dossier's id is the beginning of the hash of its dossier.create") {
    const Signed create =
        sign(test::example_statement(test::example_create()), Person("J.").signer());
    CHECK(base::equal(dossier_id(create), create.hash.view().first(20)));
    CHECK(dossier_of(create) == dossier_id(create));
    const Signed erase = sign(test::example_statement(DossierErase{}), Person("J.").signer());
    CHECK(dossier_of(erase) == value_of<DossierId>("dossier"));
}

TEST_CASE("an envelope of another type, or under another key id, is no statement") {
    const Signed create =
        sign(test::example_statement(test::example_create()), Person("J.").signer());
    Envelope relabelled = create.envelope;
    relabelled.payload_type = kConsentType;
    CHECK(refuses(ErrorKind::malformed, [&] { return parse_signed(relabelled); }));
    Envelope renamed = create.envelope;
    renamed.key_id = to_text(Person("N.").fingerprint());
    CHECK(refuses(ErrorKind::malformed, [&] { return parse_signed(renamed); }));
}

TEST_CASE("sets are sorted by text when written") {
    GrantRevoke act{Person("lawyer").fingerprint(), {}};
    for (int i = 0; i < 50; ++i)
        act.documents.push_back(value_of<DocumentId>("document " + std::to_string(i)));
    const Statement read = parse_statement(encode(test::example_statement(act)));
    CHECK(std::ranges::is_sorted(std::get<GrantRevoke>(read.act).documents, TextOrder()));
    CHECK_FALSE(std::ranges::is_sorted(std::get<GrantRevoke>(read.act).documents));
}

TEST_CASE("a statement that nobody would accept is never made") {
    const auto never = [](const Statement& statement) {
        return refuses(ErrorKind::internal, [&] { return encode(statement); });
    };
    Statement create = test::example_statement(test::example_create());
    create.actor = Person("N.").fingerprint();
    CHECK(never(create));
    create = test::example_statement(test::example_create());
    create.dossier = value_of<DossierId>("dossier");
    CHECK(never(create));
    Statement erase = test::example_statement(DossierErase{});
    erase.previous.reset();
    CHECK(never(erase));
    const auto document = value_of<DocumentId>("document");
    CHECK(never(test::example_statement(
        GrantRevoke{Person("lawyer").fingerprint(), {document, document}})));
    CHECK(never(test::example_statement(GrantCreate{Person("lawyer").fingerprint(), {}, {}})));
}

TEST_CASE("the digest of a list of headers goes by the text of the ids") {
    std::array<std::uint8_t, 16> bytes{};
    const DocumentId letters(bytes);
    bytes[0] = 0xd0;
    const DocumentId digits(bytes);
    REQUIRE(to_text(digits) < to_text(letters));
    const auto one = value_of<Digest>("one");
    const auto two = value_of<Digest>("two");
    CHECK(header_list_digest({{letters, one}, {digits, two}}) ==
          crypto::sha256({digits, two, letters, one}));
    CHECK(header_list_digest({}) == crypto::sha256(base::ByteView()));
}

TEST_CASE("roles have names, and no others") {
    for (const Role role : {Role::content, Role::metadata, Role::preview, Role::word})
        CHECK(role_named(name(role)) == role);
    CHECK_FALSE(role_named("thumbnail"));
}
