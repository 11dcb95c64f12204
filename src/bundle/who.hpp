// Who is behind the cards of a bundle, by the anchors, and what a judge may conclude.
//
// Thread-safety: one thread at a time.
#pragma once

#include <kluis/bundle/manifest.hpp>
#include <kluis/bundle/reader.hpp>
#include <kluis/chain/state.hpp>

#include <set>

namespace kluis::bundle {

class WhoIsWho {
  public:
    // Throws Error(forged) if a set of the seal's version, or a later one, is known and a recipient
    // was not in it when the bundle was sealed, or it had ended by then. All arguments must outlive
    // this.
    WhoIsWho(const statement::Signed& seal, const ManifestHead& head, const chain::State& state,
             const TrustedSets& trust);

    // Who a card is, judged at `time`.
    Who describe(const Fingerprint& card, base::Time time) const;

    // Fills in owner, recipients, and what was and was not proved.
    void complete(Verification& verification) const;

  private:
    const statement::CardSet* known_set() const;
    void add(const statement::DatedCard& dated, const std::string& name);
    void check_recipients() const;

    const statement::BundleSeal& seal_;
    base::Time sealed_;
    const chain::State& state_;
    const TrustedSets& trust_;
    const statement::CardSet* set_;
    std::set<Fingerprint> owners_;  // earlier ones too
    // What vouches for each card, the commission's set last.
    std::map<Fingerprint, std::vector<std::pair<const statement::DatedCard*, std::string>>>
        anchored_;
};

}  // namespace kluis::bundle
