// Whether a state that is kept is what its chain makes of it.
//
// Thread-safety: one thread at a time for each object.
#pragma once

#include <kluis/chain/step.hpp>

namespace kluis::store {

class ReplayCheck {
  public:
    // Returns false if the statement does not follow: a store has accepted no such one.
    bool add(const statement::Signed& statement);

    bool matches(const chain::State& kept) const;

  private:
    chain::State state_;
};

}  // namespace kluis::store
