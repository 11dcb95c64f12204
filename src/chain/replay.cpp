#include "judge.hpp"

#include <kluis/chain/replay.hpp>

namespace kluis::chain {

using statement::Signed;

bool Replay::add(Signed statement) {
    if (broken_) return false;
    if (links_.empty() &&
        std::holds_alternative<statement::DossierCreate>(statement.statement.act) &&
        statement::dossier_id(statement) != expected_) {
        broken_ = Reason::other_dossier;
        return false;
    }
    const Verdict verdict = step(state_, statement);
    if (!verdict.accepted() && ends_chain(verdict.reason())) {
        broken_ = verdict.reason();
        return false;
    }
    Link link{std::move(statement), std::nullopt};
    if (verdict.accepted()) {
        state_.apply(verdict.effects());
    } else {
        link.void_because = verdict.reason();
        state_.apply(effects_of_void(state_, link.statement));
    }
    places_[link.statement.hash] = links_.size();
    links_.push_back(std::move(link));
    return true;
}

std::optional<std::size_t> Replay::place_of(const Digest& head) const {
    const auto found = places_.find(head);
    if (found == places_.end()) return std::nullopt;
    return found->second;
}

void PartialReplay::add(const Signed& statement) {
    order_.add(statement);
    const Verdict verdict = step_in_part(state_, statement);
    if (!verdict.accepted()) {
        throw base::Error(base::ErrorKind::forged,
                          "a statement does not hold: " + std::string(describe(verdict.reason())));
    }
    state_.apply(verdict.effects());
}

}  // namespace kluis::chain
