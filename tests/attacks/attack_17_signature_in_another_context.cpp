// Attack 17: a signature of one kind, or for one place, shown as one of another.
#include "scene.hpp"
#include "signed_kinds.hpp"

#include <kluis/base/file.hpp>

#include <doctest/doctest.h>

namespace kluis::test {

using base::ErrorKind;

namespace {

bool is_taken(const Kind& kind, const Envelope& envelope) {
    const auto error = refusal([&] { return (kind.take(envelope), 0); });
    if (error) {
        CHECK((error->kind() == ErrorKind::malformed || error->kind() == ErrorKind::forged ||
               error->kind() == ErrorKind::untrusted));
    }
    return !error;
}

Envelope relabelled(Envelope envelope, std::string_view type, std::string key_id) {
    envelope.payload_type = type;
    envelope.key_id = std::move(key_id);
    return envelope;
}

// A run of one: what a server is given for a statement.
std::vector<api::Submission> run_of(Envelope envelope) {
    return {{std::move(envelope), {}}};
}

const std::vector<std::string> kNothing;

}  // namespace

TEST_CASE("what is signed as each kind is taken as that kind and as no other") {
    for (const Kind& signed_as : kinds()) {
        const Envelope envelope = signed_as.make();
        for (const Kind& shown_as : kinds()) {
            INFO(signed_as.name, " shown as ", shown_as.name);
            CHECK(is_taken(shown_as, envelope) == (&shown_as == &signed_as));
        }
    }
}

TEST_CASE("a kind's signature under another kind's name is refused") {
    for (const Kind& signed_as : kinds()) {
        for (const Kind& shown_as : kinds()) {
            if (signed_as.type == shown_as.type) continue;
            INFO(signed_as.name, " called ", shown_as.name);
            const auto false_name =
                relabelled(signed_as.make(), shown_as.type, shown_as.make().key_id);
            CHECK_FALSE(is_taken(shown_as, false_name));
            CHECK_FALSE(statement::verify(false_name, shown_as.type, signer().card().signing));
        }
    }
}

TEST_CASE("the very payload of one kind, signed as another, is refused under its own name") {
    for (const Kind& wanted : kinds()) {
        const Envelope good = wanted.make();
        for (const Kind& other : kinds()) {
            if (other.type == wanted.type) continue;
            INFO(wanted.name, " signed as ", other.name);
            const auto signed_otherwise =
                statement::sign(other.type, good.payload, signer().signer(), good.key_id);
            CHECK_FALSE(is_taken(wanted, signed_otherwise));
            CHECK_FALSE(is_taken(wanted, relabelled(signed_otherwise, wanted.type, good.key_id)));
        }
        CHECK(is_taken(wanted, relabelled(good, wanted.type, good.key_id)));
    }
}

TEST_CASE("a server takes each kind in its own place and refuses every other there") {
    TestVault vault;
    const auto session = vault.join(signer());
    const auto account = vault.service.account(session);
    Author author(vault.clock);
    vault.service.submit(session, std::nullopt, {author.create(signer())});
    for (const Kind& kind : kinds()) {
        CAPTURE(kind.name);
        const Envelope envelope = kind.make();
        if (kind.take != take_login) {
            CHECK(code_of([&] { return vault.service.login(envelope); }) == "malformed");
            const auto called_login = relabelled(envelope, statement::kLoginType, a_login().key_id);
            CHECK(code_of([&] { return vault.service.login(called_login); }) == "malformed");
        }
        if (kind.take != take_statement) {
            for (const auto& dossier : {author.id, std::optional<api::DossierId>()}) {
                const auto answer = code_of(
                    [&] { return vault.service.submit(session, dossier, run_of(envelope)); });
                CHECK(answer ==
                      (kind.take == take_acknowledgement ? "outside-chain" : "malformed"));
            }
        }
        if (kind.take != take_credentials) {
            const auto code = vault.invitation();
            CHECK(code_of([&] {
                      vault.service.register_account(
                          {code.duplicate(), signer().card(), envelope, base::Bytes(72, 1)});
                      return 0;
                  }) == "malformed");
            CHECK(code_of([&] {
                      vault.service.replace_credentials(session, {envelope, base::Bytes(72, 1)});
                      return 0;
                  }) == "malformed");
        }
    }
    // None of it had an effect.
    CHECK(vault.service.dossiers(session).size() == 1);
    CHECK(vault.service.dossiers(session)[0].length == 1);
    CHECK(vault.service.account(session).credentials == account.credentials);
}

TEST_CASE("a consent of another kind does not hand a dossier over") {
    OwnerScene scene;
    scene.join("heir");
    Scene::pin(scene.owner, "heir");
    const auto heir = account::signer(Scene::secret("heir"));
    const auto good = statement::sign_consent(
        {scene.id, scene.owner.me(), Scene::fingerprint("heir"), value_of<statement::Salt>("s")},
        heir);
    for (const Kind& kind : kinds()) {
        if (kind.type == statement::kConsentType) continue;
        CAPTURE(kind.name);
        const auto elsewhere = statement::sign(kind.type, good.payload, heir, good.key_id);
        const auto called_consent = relabelled(elsewhere, statement::kConsentType, good.key_id);
        scene.server.forget();
        CHECK(refuses(ErrorKind::malformed, [&] {
            return (client::transfer_dossier(scene.owner, scene.id, elsewhere), 0);
        }));
        CHECK(refuses(ErrorKind::forged, [&] {
            return (client::transfer_dossier(scene.owner, scene.id, called_consent), 0);
        }));
        CHECK(scene.server.calls() == kNothing);
    }
    // Nor does one that is true, but for another dossier or from another owner.
    auto other_dossier = statement::parse_consent(good);
    other_dossier.dossier = value_of<statement::DossierId>("another dossier");
    auto other_owner = statement::parse_consent(good);
    other_owner.from = Scene::fingerprint("somebody");
    for (const auto& consent : {other_dossier, other_owner}) {
        CHECK(refuses(ErrorKind::forged, [&] {
            client::transfer_dossier(scene.owner, scene.id, statement::sign_consent(consent, heir));
            return 0;
        }));
    }
    CHECK(scene.server.calls() == kNothing);
    client::transfer_dossier(scene.owner, scene.id, good);
    CHECK(scene.server.count("submit") == 1);
}

TEST_CASE("an account is not opened on credentials that are a signature of another kind") {
    Scene scene;
    scene.join("owner");
    const auto owner = account::signer(Scene::secret("owner"));
    const auto account = scene.open("owner").account().value();
    for (const Kind& kind : kinds()) {
        if (kind.type == statement::kCredentialsType) continue;
        CAPTURE(kind.name);
        scene.server.mischief.login = [&](api::LoginReply& reply) {
            reply.account->credentials =
                relabelled(statement::sign(kind.type, account.credentials.payload, owner,
                                           account.credentials.key_id),
                           statement::kCredentialsType, account.credentials.key_id);
        };
        scene.server.forget();
        CHECK(refuses(ErrorKind::forged, [&] { return scene.open("owner"); }));
        CHECK(scene.server.calls() ==
              std::vector<std::string>{"challenge", "login", "status", "logout"});
    }
}

TEST_CASE("a chain with a statement signed as another kind, or for another dossier, is refused") {
    OwnerScene scene;
    const auto owner = account::signer(Scene::secret("owner"));
    const auto other = client::create_dossier(scene.owner, kJurisdiction, "another");
    const auto true_records = scene.true_view(scene.owner, api::ViewAs::owner);
    const auto check_refused = [&](const std::function<Envelope(const Envelope&)>& change) {
        scene.server.mischief.view = [&](std::vector<api::ViewRecord>& records) {
            auto& last = *std::ranges::find_if(records.rbegin(), records.rend(), [](auto& record) {
                return std::holds_alternative<api::ViewStatement>(record);
            });
            auto& envelope = std::get<api::ViewStatement>(last).envelope;
            envelope = change(envelope);
            const auto hash = statement::payload_hash(envelope);
            std::get<api::ViewBegin>(records.front()).head = hash;
            std::get<api::ViewEnd>(records.back()).head = hash;
        };
        scene.server.forget();
        const auto error = refusal([&] { return client::OwnerView::fetch(scene.owner, scene.id); });
        REQUIRE(error);
        CHECK((error->kind() == ErrorKind::forged || error->kind() == ErrorKind::malformed));
        CHECK(scene.server.calls() == std::vector<std::string>{"dossier"});
    };
    for (const Kind& kind : kinds()) {
        if (kind.type == statement::kStatementType) continue;
        CAPTURE(kind.name);
        check_refused([&](const Envelope& good) {
            return statement::sign(kind.type, good.payload, owner, good.key_id);
        });
        check_refused([&](const Envelope& good) {
            return relabelled(statement::sign(kind.type, good.payload, owner, good.key_id),
                              statement::kStatementType, good.key_id);
        });
    }
    // By the same owner, on the same head, but about her other dossier.
    check_refused([&](const Envelope& good) {
        auto statement = statement::parse_statement(good.payload);
        statement.dossier = other;
        return statement::sign(statement, owner).envelope;
    });
    // An acknowledgement, which has no place in a chain.
    check_refused([&](const Envelope& good) {
        auto statement = statement::parse_statement(good.payload);
        statement.previous.reset();
        statement.act = statement::BundleAcknowledge{
            value_of<statement::BundleId>("bundle"), value_of<statement::Digest>("manifest"), {}};
        return statement::sign(statement, owner).envelope;
    });
    scene.server.mischief = {};
    CHECK(client::OwnerView::fetch(scene.owner, scene.id).alarms().empty());
}

TEST_CASE("an owner's statement about one dossier has no effect in another") {
    TestVault vault;
    TestDossier one(vault);
    TestDossier two(vault, "another owner");
    Author mine(vault.clock);
    vault.service.submit(one.session, std::nullopt, {mine.create(one.owner)});
    const Person worker("worker");
    const statement::DepositorAllow allow{worker.card(), std::nullopt, std::nullopt, false};
    // Signed for the first dossier, on the head of the second of the same owner.
    Author crossed = one.author;
    crossed.head = mine.head;
    const auto submission = crossed.sign(one.owner, allow, {});
    CHECK(code_of([&] { return vault.service.submit(one.session, *mine.id, {submission}); }) ==
          "other-dossier");
    CHECK(code_of([&] { return vault.service.submit(one.session, one.id(), {submission}); }) ==
          "stale-head");
    CHECK(code_of([&] { return vault.service.submit(two.session, two.id(), {submission}); }) ==
          "denied");
    for (const auto& dossier : vault.service.dossiers(one.session))
        CHECK(dossier.length == 1);
}

TEST_CASE("a login relayed from another origin is refused by the server that it is shown to") {
    Scene scene;
    scene.join("owner");
    // The person connects to a server in between, which asks the true one for a challenge and
    // passes on what it is given.
    const std::string between = "https://vault.example";
    CHECK(refuses(ErrorKind::denied, [&] {
        return client::Client::open_by_secret(scene.environment("owner"), between,
                                              Scene::secret("owner"));
    }));
    REQUIRE(scene.server.logins.size() == 1);
    CHECK(statement::parse_login(scene.server.logins[0]).origin == between);
    CHECK(scene.server.calls() == std::vector<std::string>{"challenge", "login"});
    // The server in between cannot write another origin into it.
    auto rewritten = statement::parse_login(scene.server.logins[0]);
    rewritten.origin = kOrigin;
    rewritten.challenge = scene.vault.service.challenge();
    auto envelope = statement::sign_login(rewritten, another().signer());
    envelope.signature = scene.server.logins[0].signature;
    CHECK(code_of([&] { return scene.vault.service.login(envelope); }) == "login-refused");
    CHECK_NOTHROW(scene.open("owner"));
}

TEST_CASE("the login key signs nothing but logins by handle, and the card's key none of those") {
    TestVault vault;
    const Person person("N");
    vault.service.register_account(vault.registration(person, kHandle, vault.invitation()));
    const auto login_key = TestVault::login_key(person);
    CHECK(code_of([&] { return vault.service.login(vault.login(kHandle, person.signer())); }) ==
          "login-refused");
    CHECK(code_of([&] {
              return vault.service.login(vault.login(person.fingerprint(), login_key));
          }) == "login-refused");
    const auto session = vault.log_in(person);
    const auto current = vault.service.account(session).credentials;
    auto next = statement::parse_credentials(current);
    next.previous = statement::payload_hash(current);
    CHECK(code_of([&] {
              vault.service.replace_credentials(
                  session, {statement::sign_credentials(next, login_key), base::Bytes(72, 1)});
              return 0;
          }) == "forged");
    statement::Statement create;
    create.actor = person.fingerprint();
    create.time = vault.clock.now();
    create.salt = value_of<statement::Salt>("salt");
    create.act = statement::DossierCreate{person.card(), kJurisdiction};
    CHECK(code_of([&] {
              return vault.service.submit(session, std::nullopt,
                                          run_of(statement::sign(create, login_key).envelope));
          }) == "bad-signature");
    CHECK(vault.service.dossiers(session).empty());
    CHECK(vault.service.account(session).credentials == current);
}

}  // namespace kluis::test
