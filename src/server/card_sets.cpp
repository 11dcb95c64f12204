#include <kluis/base/file.hpp>

#include <server/card_sets.hpp>
#include <server/refusal.hpp>

#include <algorithm>
#include <set>

namespace kluis::server {

namespace {

constexpr std::size_t kFileLimit = 4 * 1024 * 1024;

bool holds_all(const statement::CardSet& set, const statement::BundleSeal& seal, base::Time time) {
    if (time > set.end) return false;
    std::set<statement::Fingerprint> trusted;
    for (const statement::Card& card : statement::cards_at(set, time))
        trusted.insert(statement::fingerprint(card));
    return std::ranges::all_of(seal.recipients,
                               [&](const auto& recipient) { return trusted.contains(recipient); });
}

}  // namespace

std::vector<statement::CardSet> load_card_sets(const std::vector<std::filesystem::path>& folders) {
    std::vector<statement::CardSet> sets;
    for (const auto& folder : folders) {
        const auto anchors =
            statement::parse_anchors(base::read_file(folder / "anchors.json", kFileLimit));
        const auto cards = folder / "cards.json";
        if (!std::filesystem::exists(cards)) continue;
        const auto envelope = statement::parse_envelope(base::read_file(cards, kFileLimit));
        sets.push_back(statement::verified_card_set(envelope, anchors));
    }
    return sets;
}

void check_recipients(const std::vector<statement::CardSet>& sets,
                      const statement::BundleSeal& seal, const std::string& jurisdiction,
                      base::Time time) {
    if (sets.empty()) return;
    bool known = false;
    for (const statement::CardSet& set : sets) {
        if (set.jurisdiction != jurisdiction || set.version != seal.set) continue;
        if (holds_all(set, seal, time)) return;
        known = true;
    }
    throw refusal(known ? "recipient-not-in-set" : "set-unknown");
}

}  // namespace kluis::server
