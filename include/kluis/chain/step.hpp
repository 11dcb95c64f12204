// One step of a chain: (state, statement) -> effects or refusal. Every right is decided here, and
// nowhere else: the server accepts what this accepts, a client replays by repeating it, a verifier
// of a bundle too. Pure: no clock, no storage.
//
// Thread-safety: pure functions.
#pragma once

#include <kluis/chain/state.hpp>

#include <chrono>
#include <variant>

namespace kluis::chain {

// Why a statement is refused. The first group ends the chain; the second makes the statement void:
// it stays a link, has no effect, and is an alarm.
enum class Reason {
    // broken
    no_dossier,     // the first statement is not dossier.create
    second_create,  // dossier.create on an open dossier
    other_dossier,  // names another dossier
    broken_link,    // `previous` is not the head
    unknown_actor,  // the chain has no card for the actor
    bad_signature,  // not signed by the actor's card
    outside_chain,  // bundle.acknowledge has no place in the chain
    // void
    dossier_erased,    // after dossier.erase
    not_owner,         // the act is the owner's alone
    not_depositor,     // neither owner nor a depositor whose permission stands
    deposit_limit,     // the permission's count is used up
    time_runs_back,    // earlier than the last statement that is not void
    already_allowed,   // the owner, or a card whose permission stands
    not_allowed,       // removing a card whose permission does not stand
    until_passed,      // `until` or `expires` is not after the statement's time
    document_used,     // the document id was used before
    unknown_document,  // no such document, or erased
    not_last_version,  // a grant names another deposit or description than the last
    not_granted,       // revoking what is not granted
    too_late,          // a depositor erases after a day
    bundle_used,       // the bundle id was used before
    unknown_bundle,    // supplements no earlier seal of this dossier
    same_owner,        // a transfer to the same card
    bad_consent,       // not signed by the new card, or about another dossier or card
    consent_used,      // was used before
};

bool ends_chain(Reason reason);

// The reason's code for JSON and problems, for example "not-owner".
std::string_view code(Reason reason);

// A lower-case phrase that says what is wrong, for people.
std::string_view describe(Reason reason);

// The result of a step: effects to apply, or why not.
class Verdict {
  public:
    Verdict(Effects effects) : outcome_(std::move(effects)) {}
    Verdict(Reason reason) : outcome_(reason) {}

    bool accepted() const { return std::holds_alternative<Effects>(outcome_); }
    // REQUIRES: accepted().
    const Effects& effects() const { return std::get<Effects>(outcome_); }
    // REQUIRES: !accepted().
    Reason reason() const { return std::get<Reason>(outcome_); }

  private:
    std::variant<Effects, Reason> outcome_;
};

// Checks link, signature, time and right of `statement` on `state`, in the order of Reason's
// groups: what ends the chain is found before what makes void. The server's limit on deposits in an
// hour and its clock are not decided here.
Verdict step(const StateReader& state, const statement::Signed& statement);

// What a void statement changes: it becomes the head, nothing else.
// REQUIRES: `step` gave a reason that does not end the chain.
Effects effects_of_void(const StateReader& state, const statement::Signed& statement);

// A depositor may erase what they deposited for this long after the deposit's time.
inline constexpr std::chrono::seconds kDepositorErases{86'400};

}  // namespace kluis::chain
