// The card sets that the server knows, from `--anchors` folders: to whom a bundle may be sealed.
//
// Thread-safety: plain values and pure functions.
#pragma once

#include <kluis/statement/card_set.hpp>
#include <kluis/statement/statement.hpp>

#include <filesystem>

namespace kluis::server {

// anchors.json and, where there is one, cards.json of each folder. Throws Error(untrusted) if a
// card set is signed by none of the roots.
std::vector<statement::CardSet> load_card_sets(const std::vector<std::filesystem::path>& folders);

// Throws Error(untrusted) unless each recipient is in one set of this jurisdiction and version
// `seal.set`, trusted at `time`. Without sets nothing is checked.
void check_recipients(const std::vector<statement::CardSet>& sets,
                      const statement::BundleSeal& seal, const std::string& jurisdiction,
                      base::Time time);

}  // namespace kluis::server
