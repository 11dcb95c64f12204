// Random histories, hostile statements included: the verdict does not depend on how the state is
// kept, and what a dossier must never come to does not happen.
#include "people.hpp"
#include "row_state.hpp"

#include <doctest/doctest.h>
#include <support/random.hpp>

using namespace kluis;
using namespace kluis::statement;
using namespace kluis::test;
using chain::Reason;

namespace {

const std::vector<const Person*>& people() {
    static const std::vector<const Person*> all{&owner(), &heir(), &worker(), &lawyer()};
    return all;
}

const std::vector<std::string> kNames{"a", "b", "c", "d", "e", "f", "g", "h"};

class Story {
  public:
    explicit Story(Random& random) : random_(random), history_(owner()) {
        rows_.apply(chain::step(rows_, history_.statements().front()).effects());
    }

    // One more statement, most often by the owner and well meant; returns what became of it.
    std::optional<Reason> go_on() {
        if (chance(40)) history_.wait(std::chrono::seconds(random_.below(100'000)));
        const Signed next = sometimes_hostile();
        const auto by_rows = chain::step(rows_, next);
        const auto by_state = chain::step(history_.state(), next);
        REQUIRE(by_rows.accepted() == by_state.accepted());
        if (by_state.accepted()) {
            rows_.apply(by_rows.effects());
            history_.add(next);
        } else {
            REQUIRE(by_rows.reason() == by_state.reason());
            if (!ends_chain(by_state.reason())) {
                rows_.apply(chain::effects_of_void(rows_, next));
                history_.add(next);
            }
        }
        check_same();
        check_sane();
        if (by_state.accepted()) return std::nullopt;
        return by_state.reason();
    }

  private:
    bool chance(unsigned percent) { return random_.below(100) < percent; }

    template <class T>
    const T& one_of(const std::vector<T>& all) {
        return all[random_.below(all.size())];
    }

    const Person& present_owner() const {
        const auto fingerprint = history_.state().dossier()->owner;
        return **std::ranges::find(people(), fingerprint,
                                   [](const Person* person) { return person->fingerprint(); });
    }

    // Sometimes not after the next statement.
    base::Time random_end() {
        return history_.now() + std::chrono::seconds(chance(20) ? 0 : random_.below(1'000'000));
    }

    Act random_act();
    DepositorAllow random_allow();
    DossierTransfer random_transfer();
    GrantCreate random_grant();
    Signed sometimes_hostile();
    void check_same() const;
    void check_sane() const;

    Random& random_;
    History history_;
    RowState rows_;
    std::vector<DossierTransfer> transfers_;
};

DepositorAllow Story::random_allow() {
    DepositorAllow act = allow(*one_of(people()));
    if (chance(30)) act.until = random_end();
    if (chance(60)) act.count = 1 + random_.below(2);
    act.link = chance(30);
    return act;
}

DossierTransfer Story::random_transfer() {
    const Person& from = chance(85) ? present_owner() : *one_of(people());
    for (const DossierTransfer& earlier : transfers_) {
        if (parse_consent(earlier.consent).from == from.fingerprint() && chance(30)) return earlier;
    }
    transfers_.push_back(history_.transfer(from, *one_of(people())));
    return transfers_.back();
}

GrantCreate Story::random_grant() {
    std::vector<std::string> names{one_of(kNames)};
    if (const std::string& other = one_of(kNames); other != names[0]) names.push_back(other);
    GrantCreate act = history_.grant(*one_of(people()), names);
    if (chance(10)) act.documents[0].deposit = value_of<Digest>("another");
    if (chance(10)) act.documents[0].description = value_of<Digest>("another");
    if (chance(40)) act.expires = random_end();
    return act;
}

Act Story::random_act() {
    const std::uint64_t kind = random_.below(100);
    if (kind < 25) return deposit(one_of(kNames));
    if (kind < 33) return description(one_of(kNames), static_cast<int>(random_.below(9)));
    if (kind < 43) return DocumentErase{document_id(one_of(kNames))};
    if (kind < 58) return random_allow();
    if (kind < 64) return DepositorRemove{one_of(people())->fingerprint()};
    if (kind < 79) return random_grant();
    if (kind < 86) {
        return GrantRevoke{one_of(people())->fingerprint(), {document_id(one_of(kNames))}};
    }
    if (kind < 92) return random_transfer();
    if (kind < 99) {
        return seal(std::to_string(random_.below(4)),
                    chance(50) ? std::optional(std::to_string(random_.below(4))) : std::nullopt);
    }
    return chance(20) ? Act(DossierErase{}) : Act(deposit(one_of(kNames)));
}

Signed Story::sometimes_hostile() {
    const Person& actor = chance(60) ? present_owner() : *one_of(people());
    Act act = random_act();
    // So that what only a depositor may do, and only so often or so long, comes up.
    if (&actor != &present_owner() && chance(50)) {
        act =
            chance(60) ? Act(deposit(one_of(kNames))) : DocumentErase{document_id(one_of(kNames))};
    }
    Statement draft = history_.draft(actor, act);
    if (chance(3)) draft.time = draft.time - std::chrono::seconds(random_.below(10));
    if (chance(1)) draft.previous = value_of<Digest>("another head");
    if (chance(1)) draft.dossier = value_of<DossierId>("another dossier");
    if (chance(1)) return History(heir()).statements().front();
    if (chance(1)) {
        draft.act = BundleAcknowledge{bundle_id("0"), {}, {}};
        draft.previous.reset();
    }
    return sign(draft, chance(1) ? stranger().signer() : actor.signer());
}

void Story::check_same() const {
    const chain::State& state = history_.state();
    REQUIRE(rows_.dossier() == state.dossier());
    for (const Person* person : people()) {
        REQUIRE(rows_.card(person->fingerprint()) == state.card(person->fingerprint()));
        REQUIRE(rows_.permission(person->fingerprint()) == state.permission(person->fingerprint()));
    }
    for (const std::string& name : kNames) {
        REQUIRE(rows_.document(document_id(name)) == state.document(document_id(name)));
        for (const Person* person : people()) {
            REQUIRE(rows_.grant(document_id(name), person->fingerprint()) ==
                    state.grant(document_id(name), person->fingerprint()));
        }
    }
    for (int i = 0; i < 4; ++i) {
        const BundleId id = bundle_id(std::to_string(i));
        REQUIRE(rows_.seal(id) == state.seal(id));
    }
    for (const DossierTransfer& transfer : transfers_) {
        const Digest consent = payload_hash(transfer.consent);
        REQUIRE(rows_.consent_used(consent) == state.consent_used(consent));
    }
}

void Story::check_sane() const {
    const chain::State& state = history_.state();
    REQUIRE(state.dossier()->head == history_.statements().back().hash);
    REQUIRE(state.dossier()->length == history_.statements().size());
    REQUIRE(state.card(state.dossier()->owner));
    for (const auto& [key, grant] : state.grants()) {
        REQUIRE_FALSE(state.document(key.first)->erased);
        REQUIRE(grant.deposit == state.document(key.first)->deposit);
    }
    for (const auto& [depositor, permission] : state.permissions())
        REQUIRE((!permission.count || permission.used <= *permission.count));
}

}  // namespace

TEST_CASE("over random histories rows and memory give the same verdicts, of every kind") {
    Random random;
    INFO(random.seed());
    std::set<Reason> reasons;
    std::size_t accepted = 0;
    for (int story = 0; story < 40; ++story) {
        Story told(random);
        for (int i = 0; i < 150; ++i) {
            const auto reason = told.go_on();
            if (reason) {
                reasons.insert(*reason);
            } else {
                ++accepted;
            }
        }
    }
    CHECK(accepted > 1000);
    // All but that of an empty chain, which a story never is.
    for (int i = 1; i <= static_cast<int>(Reason::consent_used); ++i) {
        const auto reason = static_cast<Reason>(i);
        CAPTURE(code(reason));
        CHECK(reasons.contains(reason));
    }
}
