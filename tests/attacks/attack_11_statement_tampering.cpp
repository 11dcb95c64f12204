// Attack 11, in statements: every act there is, as it is signed.
#include "unit/statement/example_acts.hpp"

#include <kluis/chain/replay.hpp>

#include <doctest/doctest.h>
#include <support/refusal.hpp>

using namespace kluis;
using base::ErrorKind;
using statement::Envelope;

namespace {

// Whether somebody who has the signer's card takes the envelope for a statement of theirs.
bool is_taken(const Envelope& envelope, const statement::Card& signer) {
    std::optional<statement::Signed> parsed;
    const auto refused = test::refusal([&] {
        parsed = statement::parse_signed(envelope);
        return 0;
    });
    if (refused) {
        CHECK(refused->kind() == ErrorKind::malformed);
        CHECK(std::string(refused->what()) != "");
        return false;
    }
    return statement::is_signed_by(*parsed, signer);
}

}  // namespace

TEST_CASE("a flipped bit in any byte of any statement is refused") {
    const test::Person signer("J.");
    for (const auto& act : test::example_acts()) {
        CAPTURE(statement::type_name(act));
        Envelope envelope = statement::sign(test::example_statement(act), signer.signer()).envelope;
        REQUIRE(is_taken(envelope, signer.card()));
        for (std::size_t i = 0; i < envelope.payload.size(); ++i) {
            CAPTURE(i);
            const auto bit = static_cast<std::uint8_t>(1U << i % 8);
            envelope.payload[i] ^= bit;
            CHECK_FALSE(is_taken(envelope, signer.card()));
            envelope.payload[i] ^= bit;
        }
        const auto signature = envelope.signature.writable();
        for (std::size_t bit = 0; bit < signature.size() * 8; ++bit) {
            CAPTURE(bit);
            const auto mask = static_cast<std::uint8_t>(1U << bit % 8);
            signature[bit / 8] ^= mask;
            CHECK_FALSE(is_taken(envelope, signer.card()));
            signature[bit / 8] ^= mask;
        }
        CHECK(is_taken(envelope, signer.card()));
    }
}

TEST_CASE("a statement of which one byte was changed ends a chain with an alarm") {
    const test::Person owner("J.");
    const auto create =
        statement::sign(test::example_statement(test::example_create()), owner.signer());
    for (std::size_t i = 0; i < create.envelope.signature.view().size(); ++i) {
        CAPTURE(i);
        auto altered = create;
        altered.envelope.signature.writable()[i] ^= 1;
        chain::Replay replay(statement::dossier_id(create));
        CHECK_FALSE(replay.add(std::move(altered)));
        CHECK(replay.broken_because() == chain::Reason::bad_signature);
    }
}
