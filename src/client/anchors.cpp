#include <kluis/base/file.hpp>

#include <client/anchors.hpp>
#include <client/builtin_anchors.hpp>

namespace kluis::client {

namespace {

using base::Error;
using base::ErrorKind;

constexpr std::size_t kAnchorsLimit = 4 * 1024 * 1024;
constexpr const char* kAskAnew = "ask the commission for its present card set";

void add(statement::Anchors& into, statement::Anchors more) {
    into.version = std::max(into.version, more.version);
    into.test = into.test || more.test;
    std::ranges::move(more.roots, std::back_inserter(into.roots));
    std::ranges::move(more.organisations, std::back_inserter(into.organisations));
}

SignedSet verified(base::ByteView bytes, const statement::Anchors& anchors) {
    const auto envelope = statement::parse_envelope(bytes);
    return {statement::verified_card_set(envelope, anchors), envelope.key_id};
}

void add_set(Trust& trust, base::ByteView bytes) {
    auto set = verified(bytes, trust.anchors);
    auto& newest = trust.set_versions[set.root];
    newest = std::max(newest, set.version);
    trust.sets.push_back(std::move(set));
}

}  // namespace

Trust built_in_trust(base::ByteView anchors, base::ByteView cards) {
    Trust trust;
    trust.anchors = statement::parse_anchors(anchors);
    trust.built_in = trust.anchors.version;
    for (const auto& root : trust.anchors.roots) {
        trust.built_in_roots.insert(statement::root_key_id(root.key));
    }
    if (!cards.empty()) {
        add_set(trust, cards);
    }
    return trust;
}

Trust load_trust(const std::vector<std::filesystem::path>& folders) {
    auto trust = built_in_trust(builtin_anchors(), builtin_cards());
    for (const auto& folder : folders) {
        auto more =
            statement::parse_anchors(base::read_file(folder / "anchors.json", kAnchorsLimit));
        more.test = true;
        add(trust.anchors, std::move(more));
    }
    for (const auto& folder : folders) {
        const auto file = folder / "cards.json";
        if (std::filesystem::exists(file)) {
            add_set(trust, base::read_file(file, kAnchorsLimit));
        }
    }
    return trust;
}

SignedSet read_card_set(const std::filesystem::path& file, const Trust& trust) {
    auto set = verified(base::read_file(file, kAnchorsLimit), trust.anchors);
    const auto newest = trust.set_versions.find(set.root);
    if (newest != trust.set_versions.end() && newest->second > set.version) {
        throw Error(ErrorKind::untrusted,
                    "this card set has version " + std::to_string(set.version) + ", and version " +
                        std::to_string(newest->second) + " is known",
                    kAskAnew);
    }
    return set;
}

void remember_anchors(account::Keyring& keyring, const Trust& trust) {
    keyring.anchors = std::max(keyring.anchors, trust.built_in);
    for (const auto& [root, version] : trust.set_versions) {
        if (trust.built_in_roots.contains(root)) {
            auto& seen = keyring.card_sets[root];
            seen = std::max(seen, version);
        }
    }
}

void remember_set(account::Keyring& keyring, const SignedSet& set, const Trust& trust) {
    if (trust.built_in_roots.contains(set.root)) {
        auto& seen = keyring.card_sets[set.root];
        seen = std::max(seen, set.version);
    }
}

bool has_older_anchors(const account::Keyring& keyring, const Trust& trust) {
    return keyring.anchors > trust.built_in;
}

void require_newest(const account::Keyring& keyring, const SignedSet& set, const Trust& trust) {
    if (!trust.built_in_roots.contains(set.root)) {
        return;
    }
    if (has_older_anchors(keyring, trust)) {
        throw Error(ErrorKind::untrusted,
                    "this program has older trust anchors than you have used before",
                    "use the newer program");
    }
    const auto seen = keyring.card_sets.find(set.root);
    if (seen != keyring.card_sets.end() && seen->second > set.version) {
        throw Error(ErrorKind::untrusted,
                    "this card set is older than one that you have used before", kAskAnew);
    }
}

namespace {

// From when until when an entry counts, where it has an end.
std::string dates(const statement::DatedCard& dated) {
    return dated.until ? ", until " + base::to_string(*dated.until) : "";
}

}  // namespace

std::optional<std::string> known_holder(const Trust& trust, const statement::Fingerprint& card) {
    for (const auto& organisation : trust.anchors.organisations) {
        if (statement::fingerprint(organisation.card.card) == card) {
            return organisation.name + dates(organisation.card);
        }
    }
    for (const auto& set : trust.sets) {
        for (const auto& dated : set.cards) {
            if (statement::fingerprint(dated.card) == card) {
                return "member of the card set, version " + std::to_string(set.version) +
                       dates(dated);
            }
        }
    }
    return std::nullopt;
}

}  // namespace kluis::client
