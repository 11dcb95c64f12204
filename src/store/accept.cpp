#include "ledger.hpp"

#include <store/terms.hpp>

namespace kluis::store {

using chain::Reason;
using statement::Signed;

namespace {

// The result of a run that is on the chain already. Of an erased dossier only the hash of the last
// statement is left, to which the links of the run lead: they stand for the statements before it.
std::optional<Accepted> repeated(const Ledger& ledger, const std::vector<Submission>& run) {
    const Signed& last = run.back().statement;
    for (std::size_t i = 1; i < run.size(); ++i) {
        if (run[i].statement.statement.previous != run[i - 1].statement.hash) return std::nullopt;
    }
    if (const auto erased = ledger.erased(last.statement.actor)) {
        if (erased->head != last.hash) return std::nullopt;
        return Accepted{erased->head, erased->length};
    }
    std::uint64_t length = 0;
    for (const Submission& submission : run) {
        const auto place = ledger.place_of(submission.statement);
        if (!place) return std::nullopt;
        length = *place + 1;
    }
    return Accepted{last.hash, length};
}

class Run {
  public:
    Run(Ledger& ledger, const SubmitRules& rules) : ledger_(ledger), rules_(rules) {
        if (const auto dossier = ledger_.state().dossier()) head_ = dossier->head;
    }

    std::optional<Refused> accept(const Submission& submission, std::size_t place) {
        auto refused = check(submission, place);
        if (refused) refused->place = place;
        return refused;
    }

  private:
    std::optional<Refused> check(const Submission& submission, std::size_t place) {
        const Signed& signed_statement = submission.statement;
        const Time time = signed_statement.statement.time;
        if (time < rules_.now - rules_.clock_tolerance ||
            rules_.now + rules_.clock_tolerance < time) {
            return Refused{.why = Refused::Why::clock_off};
        }
        if (const auto erased = ledger_.erased(signed_statement.statement.actor)) {
            return because(erased->could_read ? Reason::dossier_erased : Reason::no_dossier);
        }
        const chain::Verdict verdict = chain::step(ledger_.state(), signed_statement);
        if (!verdict.accepted()) return refusal(verdict.reason(), signed_statement, place);
        if (is_too_many(signed_statement, verdict.effects())) {
            return Refused{.why = Refused::Why::too_many, .head = head_};
        }
        if (is_one_dossier_too_many(signed_statement)) {
            return Refused{.why = Refused::Why::too_many_dossiers};
        }
        if (auto refused = check_headers(ledger_, submission)) return with_head(*refused);
        if (auto refused = check_payloads(ledger_, signed_statement)) return with_head(*refused);
        ledger_.keep(
            {submission, verdict.effects().dossier.length - 1, verdict.effects(), rules_.now});
        return std::nullopt;
    }

    static Refused because(Reason reason) { return {.why = Refused::Why::chain, .reason = reason}; }

    Refused with_head(Refused refused) const {
        refused.head = head_;
        return refused;
    }

    // The head is told to those alone whose card this chain knows and who did sign.
    Refused refusal(Reason reason, const Signed& statement, std::size_t place) const {
        if (chain::ends_chain(reason) && reason != Reason::broken_link) return because(reason);
        if (reason == Reason::broken_link) {
            const auto card = ledger_.state().card(statement.statement.actor);
            if (!card) return because(Reason::unknown_actor);
            if (!statement::is_signed_by(statement, *card)) {
                return because(Reason::bad_signature);
            }
            if (place == 0) return Refused{.why = Refused::Why::stale_head, .head = head_};
        }
        return with_head(because(reason));
    }

    bool is_too_many(const Signed& statement, const chain::Effects& effects) {
        const Fingerprint& actor = statement.statement.actor;
        if (!std::holds_alternative<statement::DocumentDeposit>(statement.statement.act) ||
            actor == effects.dossier.owner) {
            return false;
        }
        const auto [count, first] = deposits_.try_emplace(actor, 0);
        if (first) count->second = ledger_.deposits_since(actor, rules_.now - kDepositsWindow);
        return ++count->second > rules_.deposits_per_hour;
    }

    bool is_one_dossier_too_many(const Signed& statement) const {
        return std::holds_alternative<statement::DossierCreate>(statement.statement.act) &&
               ledger_.owned(statement.statement.actor) >= rules_.dossiers_per_owner;
    }

    Ledger& ledger_;
    const SubmitRules& rules_;
    std::optional<Digest> head_;                     // before the run
    std::map<Fingerprint, std::uint64_t> deposits_;  // in the window, those of this run too
};

}  // namespace

SubmitResult accept_run(Ledger& ledger, const std::vector<Submission>& run,
                        const SubmitRules& rules) {
    if (run.empty()) {
        throw base::Error(base::ErrorKind::usage, "a run of statements is empty");
    }
    if (const auto accepted = repeated(ledger, run)) return *accepted;
    Run accepting(ledger, rules);
    for (std::size_t place = 0; place < run.size(); ++place) {
        if (auto refused = accepting.accept(run[place], place)) return *refused;
    }
    const Signed& last = run.back().statement;
    if (const auto erased = ledger.erased(last.statement.actor)) {
        return Accepted{erased->head, erased->length};
    }
    const auto dossier = ledger.state().dossier();
    return Accepted{dossier->head, dossier->length};
}

}  // namespace kluis::store
