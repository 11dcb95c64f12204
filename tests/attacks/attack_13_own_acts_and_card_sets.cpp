// Attack 13, after one's own acts, before a grantee, and at sealing: what a person has done or been
// shown is remembered, and a false card set is not sealed to.
#include "scene.hpp"

#include <client/seal.hpp>
#include <doctest/doctest.h>

namespace kluis::test {

using base::ErrorKind;

namespace {

using Records = std::vector<api::ViewRecord>;

}  // namespace

TEST_CASE("an act that was accepted and is then hidden is refused, with no fetch in between") {
    using Act = std::function<void(OwnerScene&)>;
    const auto lawyer = Scene::fingerprint("lawyer");
    const std::vector<std::pair<const char*, Act>> acts{
        {"a deposit", [](OwnerScene& scene) { Scene::deposit(scene.owner, scene.id, "report"); }},
        {"a grant",
         [&](OwnerScene& scene) {
             client::grant(scene.owner, scene.id, {scene.photo}, lawyer, std::nullopt);
         }},
        {"a revocation",
         [&](OwnerScene& scene) { client::revoke(scene.owner, scene.id, {scene.letter}, lawyer); }},
        {"a description",
         [](OwnerScene& scene) {
             client::describe_document(scene.owner, scene.id, scene.letter,
                                       [](dossier::Metadata& metadata) { metadata.note = "new"; });
         }},
        {"an erasure",
         [](OwnerScene& scene) { client::erase_document(scene.owner, scene.id, scene.photo); }},
        {"a permission",
         [](OwnerScene& scene) {
             client::allow_depositor(scene.owner, scene.id, Scene::fingerprint("friend"),
                                     std::nullopt, std::nullopt);
         }},
    };
    for (const auto& [what, act] : acts) {
        CAPTURE(what);
        OwnerScene scene;
        Scene::pin(scene.owner, "lawyer");
        Scene::pin(scene.owner, "friend");
        client::grant(scene.owner, scene.id, {scene.letter}, lawyer, std::nullopt);
        const auto before = scene.true_view(scene.owner, api::ViewAs::owner);
        act(scene);
        scene.server.mischief.view = [&](Records& records) { records = before; };
        scene.server.forget();
        CHECK(refuses(ErrorKind::forged,
                      [&] { return client::OwnerView::fetch(scene.owner, scene.id); }));
        CHECK(refuses(ErrorKind::forged, [&] {
            client::grant(scene.owner, scene.id, {scene.letter}, lawyer, std::nullopt);
            return 0;
        }));
        CHECK(scene.server.calls() == std::vector<std::string>{"dossier", "dossier"});
        // Nor on another device of the same person, which has only the keyring.
        auto elsewhere = client::Client::open_by_secret(scene.environment("another device"),
                                                        kOrigin, Scene::secret("owner"));
        CHECK(refuses(ErrorKind::forged,
                      [&] { return client::OwnerView::fetch(elsewhere, scene.id); }));
        scene.server.mischief.view = nullptr;
        CHECK_NOTHROW(client::OwnerView::fetch(scene.owner, scene.id));
    }
}

TEST_CASE("an act that the server says it accepted, and swallowed, is refused at the next look") {
    OwnerScene scene;
    Scene::pin(scene.owner, "lawyer");
    const auto lawyer = Scene::fingerprint("lawyer");
    client::grant(scene.owner, scene.id, {scene.letter}, lawyer, std::nullopt);
    scene.server.mischief.swallow_runs = true;
    client::revoke(scene.owner, scene.id, {scene.letter}, lawyer);
    scene.server.mischief = {};
    scene.server.forget();
    CHECK(refuses(ErrorKind::forged,
                  [&] { return client::OwnerView::fetch(scene.owner, scene.id); }));
    CHECK(scene.server.calls() == std::vector<std::string>{"dossier"});
}

TEST_CASE("an act that the server answers with another end than was signed is refused") {
    using Change = std::function<void(api::SubmitReply&)>;
    const std::vector<Change> changes{
        [](api::SubmitReply& reply) { reply.head = {}; },
        [](api::SubmitReply& reply) { reply.head = value_of<statement::Digest>("another"); },
    };
    for (std::size_t i = 0; i < changes.size(); ++i) {
        CAPTURE(i);
        OwnerScene scene;
        Scene::pin(scene.owner, "lawyer");
        const auto keyring = scene.owner.keyring();
        scene.server.mischief.submit = changes[i];
        scene.server.forget();
        CHECK(refuses(ErrorKind::forged, [&] {
            client::grant(scene.owner, scene.id, {scene.letter}, Scene::fingerprint("lawyer"),
                          std::nullopt);
            return 0;
        }));
        CHECK(scene.server.calls() == std::vector<std::string>{"dossier", "submit"});
        CHECK(scene.owner.keyring() == keyring);
    }
}

namespace {

// A lawyer with a grant of two documents, of which the photo was then revoked.
class RevokedScene : public OwnerScene {
  public:
    RevokedScene() : lawyer(join_and_open("lawyer")) {
        pin(owner, "lawyer");
        client::grant(owner, id, {letter, photo}, lawyer.me(), std::nullopt);
        granted = true_view(lawyer, api::ViewAs::grantee);
        client::revoke(owner, id, {photo}, lawyer.me());
    }

    // The view of before, as if it were that of now: head and length are true.
    void hide_revocation() {
        server.mischief.view = [this](Records& records) {
            auto shown = granted;
            shown.front() = records.front();
            shown.back() = records.back();
            records = std::move(shown);
        };
        server.forget();
    }

    client::Client lawyer;
    Records granted;
};

}  // namespace

TEST_CASE("a grantee who was shown a revocation refuses the view from which it is hidden") {
    RevokedScene scene;
    const auto seen = client::fetch_granted(scene.lawyer, scene.id);
    CHECK(seen.documents.contains(scene.letter));
    CHECK_FALSE(seen.documents.contains(scene.photo));
    const auto keyring = scene.lawyer.keyring();
    scene.hide_revocation();
    CHECK(refuses(ErrorKind::forged,
                  [&] { return client::fetch_granted(scene.lawyer, scene.id).documents.size(); }));
    CHECK(scene.server.calls() == std::vector<std::string>{"dossier"});
    CHECK(scene.lawyer.keyring() == keyring);
    // Nor on another device, which has only the keyring.
    auto elsewhere = client::Client::open_by_secret(scene.environment("another device"), kOrigin,
                                                    Scene::secret("lawyer"));
    CHECK(refuses(ErrorKind::forged,
                  [&] { return client::fetch_granted(elsewhere, scene.id).documents.size(); }));
    scene.server.mischief = {};
    CHECK(client::fetch_granted(scene.lawyer, scene.id).documents.size() == 1);
}

TEST_CASE("a grantee refuses a view without a grant that was shown before, and with another") {
    RevokedScene scene;
    client::fetch_granted(scene.lawyer, scene.id);
    client::grant(scene.owner, scene.id, {scene.photo}, scene.lawyer.me(), std::nullopt);
    client::fetch_granted(scene.lawyer, scene.id);
    CHECK(scene.lawyer.keyring().granted.at(scene.id).length == 3);
    // As many as were shown, but not the same: signed by the owner, who works with the server.
    scene.server.mischief.view = [&](Records& records) {
        auto& last = *std::ranges::find_if(records.rbegin(), records.rend(), [](auto& record) {
            return std::holds_alternative<api::ViewStatement>(record);
        });
        auto& envelope = std::get<api::ViewStatement>(last).envelope;
        auto statement = statement::parse_statement(envelope.payload);
        statement.salt = value_of<statement::Salt>("another");
        envelope = statement::sign(statement, account::signer(Scene::secret("owner"))).envelope;
    };
    CHECK(refuses(ErrorKind::forged,
                  [&] { return client::fetch_granted(scene.lawyer, scene.id).documents.size(); }));
    scene.hide_revocation();
    CHECK(refuses(ErrorKind::forged,
                  [&] { return client::fetch_granted(scene.lawyer, scene.id).documents.size(); }));
}

TEST_CASE("a revocation that a grantee was never shown cannot be missed, and is not promised") {
    RevokedScene scene;
    scene.hide_revocation();
    const auto seen = client::fetch_granted(scene.lawyer, scene.id);
    CHECK(seen.documents.contains(scene.photo));
    scene.server.mischief = {};
    CHECK_FALSE(client::fetch_granted(scene.lawyer, scene.id).documents.contains(scene.photo));
}

namespace {

// The key id of a root key that the program was built with.
const std::string kRoot(32, 'a');

statement::CardSet commission(base::Time now, std::uint64_t version) {
    statement::CardSet set;
    set.jurisdiction = kJurisdiction;
    set.version = version;
    set.issued = now - std::chrono::hours(1);
    set.end = now + std::chrono::hours(1);
    set.cards = {{Scene::card("member"), set.issued, std::nullopt}};
    return set;
}

// What sealing to `set` throws, if it does. Nothing is sent then but the question how the dossier
// is, and no file is there.
std::optional<base::Error> sealing(OwnerScene& scene, client::Client& owner,
                                   const statement::CardSet& set) {
    client::SealRequest request;
    request.dossier = scene.id;
    request.set = {set, kRoot};
    request.out = scene.folder / (std::to_string(scene.folder.names().size()) + ".kluis");
    scene.server.forget();
    auto error = refusal([&] { return client::seal(owner, request, {}).documents; });
    CHECK(std::filesystem::exists(request.out) == !error);
    if (error) {
        CHECK(scene.server.count("put_member") == 0);
        CHECK(scene.server.count("submit") == 0);
        CHECK(scene.server.calls() == std::vector<std::string>{"dossier"});
    }
    return error;
}
std::optional<base::Error> sealing(OwnerScene& scene, const statement::CardSet& set) {
    return sealing(scene, scene.owner, set);
}

}  // namespace

TEST_CASE("nothing is sealed to a card set that is older than one used before") {
    OwnerScene scene;
    scene.trust.built_in_roots = {kRoot};
    auto owner = scene.open("owner");
    const auto now = scene.vault.clock.now();
    client::OwnerView::fetch(owner, scene.id);
    CHECK_FALSE(sealing(scene, owner, commission(now, 3)));
    const auto older = sealing(scene, owner, commission(now, 2));
    REQUIRE(older);
    CHECK(older->kind() == ErrorKind::untrusted);
    CHECK_FALSE(sealing(scene, owner, commission(now, 4)));
    const auto no_longer = sealing(scene, owner, commission(now, 3));
    REQUIRE(no_longer);
    CHECK(no_longer->kind() == ErrorKind::untrusted);
}

TEST_CASE("nothing is sealed to a card set that has ended, or is another jurisdiction's") {
    OwnerScene scene;
    const auto now = scene.vault.clock.now();
    auto ended = commission(now, 1);
    ended.end = now - std::chrono::seconds(1);
    auto foreign = commission(now, 1);
    foreign.jurisdiction = "de-be-haertefall";
    for (const auto& set : {ended, foreign}) {
        const auto error = sealing(scene, set);
        REQUIRE(error);
        CHECK(error->kind() == ErrorKind::untrusted);
    }
}

TEST_CASE("nothing is sealed to cards of a set that are not trusted now") {
    OwnerScene scene;
    const auto now = scene.vault.clock.now();
    auto removed = commission(now, 1);
    removed.cards[0].until = now;
    auto coming = commission(now, 1);
    coming.cards[0].from = now + std::chrono::seconds(1);
    for (const auto& set : {removed, coming}) {
        const auto error = sealing(scene, set);
        REQUIRE(error);
        CHECK(error->kind() == ErrorKind::usage);
    }
}

namespace {

// The owner's computer, with a clock that is half a day ahead of the server's.
class AheadScene : public OwnerScene {
  public:
    AheadScene() {
        here.pass(std::chrono::hours(12));
        auto ahead = environment("owner");
        ahead.clock = &here;
        opened.emplace(client::Client::open_by_secret(ahead, kOrigin, secret("owner")));
        set.end = here.now() + std::chrono::hours(1);
    }

    std::optional<base::Error> seal() { return sealing(*this, *opened, set); }

    base::Time server_now = vault.clock.now();
    TestClock here;
    std::optional<client::Client> opened;
    statement::CardSet set = commission(server_now, 1);
};

}  // namespace

TEST_CASE("a card that has ended is not brought back by a server whose clock is behind") {
    AheadScene scene;
    scene.set.cards[0].until = scene.server_now + std::chrono::hours(1);
    const auto no_card = scene.seal();
    REQUIRE(no_card);
    CHECK(no_card->kind() == ErrorKind::usage);
    scene.set.end = scene.server_now + std::chrono::hours(1);
    scene.set.cards[0].until = std::nullopt;
    const auto no_set = scene.seal();
    REQUIRE(no_set);
    CHECK(no_set->kind() == ErrorKind::untrusted);
}

TEST_CASE("a card that has begun by one of two clocks alone does not receive a bundle") {
    AheadScene scene;
    scene.set.cards[0].from = scene.server_now + std::chrono::hours(3);
    CHECK(client::trusted_now(*scene.opened, scene.set).empty());
    const auto error = scene.seal();
    REQUIRE(error);
    CHECK(error->kind() == ErrorKind::usage);
}

TEST_CASE("nothing is sealed on a dossier from which a document is hidden") {
    OwnerScene scene;
    scene.server.mischief.view = [&](Records& records) {
        std::erase_if(records, [&](const api::ViewRecord& record) {
            const auto* document = std::get_if<api::ViewDocument>(&record);
            return document != nullptr && document->id == scene.photo;
        });
    };
    client::OwnerView::fetch(scene.owner, scene.id);
    const auto error = sealing(scene, commission(scene.vault.clock.now(), 1));
    REQUIRE(error);
    CHECK(error->kind() == ErrorKind::forged);
}

TEST_CASE("a seal that is hidden once the bundle was sent leaves no bundle, nor a part of one") {
    OwnerScene scene;
    const auto before = scene.true_view(scene.owner, api::ViewAs::owner);
    scene.server.mischief.view = [&](Records& records) {
        if (scene.server.count("bundle") > 0) records = before;
    };
    client::SealRequest request;
    request.dossier = scene.id;
    request.set = {commission(scene.vault.clock.now(), 1), kRoot};
    request.out = scene.folder / "sealed.kluis";
    scene.server.forget();
    CHECK(refuses(ErrorKind::forged,
                  [&] { return client::seal(scene.owner, request, {}).documents; }));
    CHECK(scene.server.calls().back() == "dossier");
    CHECK(scene.folder.names() == std::set<std::string>{"owner"});
}

}  // namespace kluis::test
