// What a program is built with, what a folder adds to it, and what is remembered of either.
#include <kluis/base/file.hpp>

#include <attacks/scene.hpp>
#include <client/anchors.hpp>
#include <client/seal.hpp>
#include <doctest/doctest.h>

namespace kluis::test {

using base::ErrorKind;

namespace {

constexpr base::Time kIssued{1'790'000'000};
constexpr base::Time kEnd{1'900'000'000};

statement::CardSet set_of(std::uint64_t version) {
    return {kJurisdiction, version, kIssued, kEnd, {{Person("member").card(), kIssued, {}}}};
}

base::Bytes signed_by(const Person& root, const statement::CardSet& set) {
    return statement::encode(statement::sign_card_set(set, root.signer()));
}

base::Bytes anchors_of(const Person& root, std::uint64_t version) {
    statement::Anchors anchors;
    anchors.version = version;
    anchors.roots.push_back({kJurisdiction, root.signer().public_key(), {0}, std::nullopt});
    return statement::encode(anchors);
}

// A commission whose anchors a program is built with, and a test's.
struct Commissions {
    Person real{"the commission"};
    Person test{"a test's"};

    client::Trust trust(std::uint64_t version, std::uint64_t set) const {
        auto trust =
            client::built_in_trust(anchors_of(real, version), signed_by(real, set_of(set)));
        auto more = statement::parse_anchors(anchors_of(test, 1));
        std::ranges::move(more.roots, std::back_inserter(trust.anchors.roots));
        return trust;
    }

    client::SignedSet read(const Person& root, std::uint64_t version,
                           const client::Trust& trust) const {
        const auto file = folder / "cards.json";
        base::write_file(file, signed_by(root, set_of(version)), base::FileMode::owner_only,
                         base::Replace::yes);
        return client::read_card_set(file, trust);
    }

    TemporaryFolder folder;
};

}  // namespace

TEST_CASE("the anchors of this repository are read at every start") {
    const auto trust = client::load_trust({});
    CHECK(trust.built_in == trust.anchors.version);
    CHECK(trust.built_in >= 1);
    CHECK_FALSE(trust.anchors.test);
}

TEST_CASE("a card set is built in beside the anchors, if a root of theirs signed it") {
    const Commissions commissions;
    const auto anchors = anchors_of(commissions.real, 4);
    const auto trust = client::built_in_trust(anchors, signed_by(commissions.real, set_of(7)));
    CHECK(trust.built_in == 4);
    REQUIRE(trust.sets.size() == 1);
    CHECK(trust.sets[0] == set_of(7));
    CHECK(client::built_in_trust(anchors, {}).sets.empty());
    CHECK(refuses(ErrorKind::untrusted, [&] {
        return client::built_in_trust(anchors, signed_by(commissions.test, set_of(7)));
    }));
}

TEST_CASE("a set older than one by the same root is refused; another root numbers its own") {
    const Commissions commissions;
    const auto trust = commissions.trust(1, 7);
    CHECK(commissions.read(commissions.real, 7, trust).version == 7);
    CHECK(refuses(ErrorKind::untrusted,
                  [&] { return commissions.read(commissions.real, 6, trust); }));
    CHECK(commissions.read(commissions.test, 1, trust).version == 1);
}

TEST_CASE("a keyring remembers versions by root, and nothing of a test's") {
    const Commissions commissions;
    const auto trust = commissions.trust(3, 2);
    const auto root = statement::root_key_id(commissions.real.signer().public_key());
    account::Keyring keyring;
    client::remember_set(keyring, commissions.read(commissions.test, 9, trust), trust);
    CHECK(keyring == account::Keyring{});
    client::remember_anchors(keyring, trust);
    CHECK(keyring.anchors == 3);
    CHECK(keyring.card_sets == std::map<std::string, std::uint64_t>{{root, 2}});
    client::remember_set(keyring, commissions.read(commissions.real, 5, trust), trust);
    CHECK(keyring.card_sets.at(root) == 5);
    client::remember_anchors(keyring, commissions.trust(2, 1));
    CHECK(keyring.anchors == 3);
    CHECK(keyring.card_sets.at(root) == 5);
}

TEST_CASE("a set, or anchors, older than a keyring has seen are refused; a test's set never is") {
    const Commissions commissions;
    const auto trust = commissions.trust(3, 2);
    account::Keyring keyring;
    client::remember_set(keyring, commissions.read(commissions.real, 5, trust), trust);
    const auto refused = [&](const Person& root, std::uint64_t version, const client::Trust& by) {
        return refuses(ErrorKind::untrusted, [&] {
            client::require_newest(keyring, commissions.read(root, version, by), by);
        });
    };
    CHECK(refused(commissions.real, 4, trust));
    CHECK_FALSE(refused(commissions.real, 5, trust));
    CHECK_FALSE(refused(commissions.test, 1, trust));
    client::remember_anchors(keyring, trust);
    const auto older = commissions.trust(2, 2);
    CHECK(client::has_older_anchors(keyring, older));
    CHECK(refused(commissions.real, 5, older));
    CHECK_FALSE(refused(commissions.test, 1, older));
}

TEST_CASE("opening an account remembers what is built in, and an older program says so") {
    const Commissions commissions;
    Scene scene;
    scene.trust = commissions.trust(3, 2);
    scene.join("owner");
    CHECK(scene.open("owner").keyring().anchors == 3);
    scene.trust = commissions.trust(2, 2);
    auto again = scene.open("owner");
    CHECK(again.keyring().anchors == 3);
    REQUIRE(again.notices().size() == 1);
    CHECK(again.notices()[0].kind == client::Notice::Kind::old_anchors);
}

}  // namespace kluis::test
