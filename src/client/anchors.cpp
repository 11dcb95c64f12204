#include <kluis/base/file.hpp>

#include <client/anchors.hpp>
#include <client/builtin_anchors.hpp>

namespace kluis::client {

namespace {

using base::Error;
using base::ErrorKind;

constexpr std::size_t kAnchorsLimit = 4 * 1024 * 1024;

void add(statement::Anchors& into, statement::Anchors more) {
    into.version = std::max(into.version, more.version);
    into.test = into.test || more.test;
    std::ranges::move(more.roots, std::back_inserter(into.roots));
    std::ranges::move(more.organisations, std::back_inserter(into.organisations));
}

}  // namespace

Trust load_trust(const std::vector<std::filesystem::path>& folders) {
    Trust trust;
    trust.anchors = statement::parse_anchors(builtin_anchors());
    for (const auto& folder : folders) {
        auto more =
            statement::parse_anchors(base::read_file(folder / "anchors.json", kAnchorsLimit));
        more.test = true;
        add(trust.anchors, std::move(more));
    }
    for (const auto& folder : folders) {
        const auto file = folder / "cards.json";
        if (std::filesystem::exists(file)) {
            const auto envelope = statement::parse_envelope(base::read_file(file, kAnchorsLimit));
            trust.sets.push_back(statement::verified_card_set(envelope, trust.anchors));
        }
    }
    return trust;
}

statement::CardSet read_card_set(const std::filesystem::path& file, const Trust& trust) {
    const auto envelope = statement::parse_envelope(base::read_file(file, kAnchorsLimit));
    auto set = statement::verified_card_set(envelope, trust.anchors);
    const auto* newest = newest_set(trust, set.jurisdiction);
    if (newest != nullptr && newest->version > set.version) {
        throw Error(ErrorKind::untrusted,
                    "this card set has version " + std::to_string(set.version) + ", and version " +
                        std::to_string(newest->version) + " is known",
                    "ask the commission for its present card set");
    }
    return set;
}

const statement::CardSet* newest_set(const Trust& trust, std::string_view jurisdiction) {
    const statement::CardSet* newest = nullptr;
    for (const auto& set : trust.sets) {
        if (set.jurisdiction == jurisdiction &&
            (newest == nullptr || set.version > newest->version)) {
            newest = &set;
        }
    }
    return newest;
}

std::optional<std::string> known_holder(const Trust& trust, const statement::Fingerprint& card) {
    for (const auto& organisation : trust.anchors.organisations) {
        if (statement::fingerprint(organisation.card.card) == card) {
            return organisation.name;
        }
    }
    for (const auto& set : trust.sets) {
        for (const auto& dated : set.cards) {
            if (statement::fingerprint(dated.card) == card) {
                return "member of the card set, version " + std::to_string(set.version);
            }
        }
    }
    return std::nullopt;
}

}  // namespace kluis::client
