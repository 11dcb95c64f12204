#include "vault.hpp"

#include <doctest/doctest.h>
#include <server/refusal.hpp>

using namespace kluis;
using test::code_of;
using test::Person;
using test::TestDossier;
using test::TestVault;

namespace {

statement::DepositorAllow allow(const Person& person) {
    return {person.card(), std::nullopt, std::nullopt, false};
}

}  // namespace

TEST_CASE("a dossier is opened, seen, and its statements come in order") {
    TestVault vault;
    TestDossier dossier(vault);
    const auto reply = dossier.act(allow(Person("worker")));
    CHECK(reply.head == dossier.author.head);
    const auto dossiers = vault.service.dossiers(dossier.session);
    REQUIRE(dossiers.size() == 1);
    CHECK(dossiers[0].head == reply.head);
    CHECK(dossiers[0].length == 2);
    CHECK(dossiers[0].as == std::vector{api::ViewAs::owner});
    std::vector<std::size_t> kinds;
    vault.service.dossier(dossier.session, dossier.id(), api::ViewAs::owner, 0,
                          [&](const api::ViewRecord& record) { kinds.push_back(record.index()); });
    CHECK(kinds == std::vector<std::size_t>{0, 2, 2, 4});
}

TEST_CASE("the same run again is answered the same") {
    TestVault vault;
    TestDossier dossier(vault);
    const auto run = std::vector{dossier.author.sign(dossier.owner, allow(Person("worker")), {})};
    const auto first = vault.service.submit(dossier.session, dossier.id(), run);
    const auto second = vault.service.submit(dossier.session, dossier.id(), run);
    CHECK(first.head == second.head);
    CHECK(first.head == dossier.author.head);
}

TEST_CASE("a statement on a stale head, or of another time, is refused") {
    TestVault vault;
    TestDossier dossier(vault);
    test::Author stale = dossier.author;
    dossier.act(allow(Person("worker")));
    CHECK(code_of([&] {
              return vault.service.submit(dossier.session, dossier.id(),
                                          {stale.sign(dossier.owner, allow(Person("M")), {})});
          }) == "stale-head");
    const auto early = dossier.author.sign(dossier.owner, allow(Person("M")), {});
    vault.clock.pass(std::chrono::seconds(601));
    CHECK(code_of([&] { return vault.service.submit(dossier.session, dossier.id(), {early}); }) ==
          "clock-off");
}

TEST_CASE("a statement in another's name is refused, and a stranger learns of no dossier") {
    TestVault vault;
    TestDossier dossier(vault);
    const Person stranger("stranger");
    const auto session = vault.join(stranger);
    const auto theirs = dossier.author.sign(dossier.owner, allow(stranger), {});
    CHECK(code_of([&] { return vault.service.submit(session, dossier.id(), {theirs}); }) ==
          "not-found");
    const auto own = dossier.author.sign(stranger, allow(stranger), {});
    CHECK(code_of([&] { return vault.service.submit(session, dossier.id(), {own}); }) ==
          "not-found");
    CHECK(code_of([&] { return vault.service.submit(dossier.session, dossier.id(), {own}); }) ==
          "denied");
    const auto none = crypto::random_value<api::DossierId>();
    for (const auto& id : {none, dossier.id()}) {
        CHECK(code_of([&] {
                  return vault.service.open_view(session, id, api::ViewAs::owner, 0);
              }) == "not-found");
        CHECK(code_of([&] { return vault.service.open_reads(session, id, 0); }) == "not-found");
        CHECK(code_of([&] {
                  return vault.service.put_payload(session, {id, {}, api::Role::content}, 10);
              }) == "not-found");
        CHECK(code_of([&] {
                  return vault.service.put_member(session, id, {}, api::Member::seal, 10);
              }) == "not-found");
        CHECK(code_of([&] { return vault.service.bundle(session, id, {}, std::nullopt); }) ==
              "not-found");
        CHECK(code_of([&] {
                  return vault.service.document(session, {id, {}, api::Role::content},
                                                api::ViewAs::grantee, std::nullopt);
              }) == "not-found");
    }
}

TEST_CASE("creating and adding are two endpoints") {
    TestVault vault;
    TestDossier dossier(vault);
    test::Author other(vault.clock);
    const auto create = other.create(dossier.owner);
    CHECK(code_of([&] { return vault.service.submit(dossier.session, *other.id, {create}); }) ==
          "not-found");
    CHECK(code_of([&] {
              return vault.service.submit(
                  dossier.session, std::nullopt,
                  {dossier.author.sign(dossier.owner, allow(Person("M")), {})});
          }) == "no-dossier");
}

TEST_CASE("a run of two dossiers is refused whole") {
    TestVault vault;
    TestDossier dossier(vault);
    test::Author other(vault.clock);
    const auto create = other.create(dossier.owner);
    const auto allowed = dossier.author.sign(dossier.owner, allow(Person("M")), {});
    CHECK(code_of([&] {
              return vault.service.submit(dossier.session, std::nullopt, {create, allowed});
          }) == "other-dossier");
    CHECK(vault.service.dossiers(dossier.session).size() == 1);
}

TEST_CASE("an acknowledgement has no place in the chain") {
    TestVault vault;
    TestDossier dossier(vault);
    statement::Statement said;
    said.dossier = dossier.id();
    said.actor = dossier.owner.fingerprint();
    said.time = vault.clock.now();
    said.act = statement::BundleAcknowledge{};
    const auto envelope = statement::sign(said, dossier.owner.signer()).envelope;
    CHECK(code_of([&] {
              return vault.service.submit(dossier.session, dossier.id(), {{envelope, {}}});
          }) == "outside-chain");
}

TEST_CASE("a header that has another stanza, or more, is refused") {
    TestVault vault;
    TestDossier dossier(vault);
    const auto id = crypto::random_value<statement::DocumentId>();
    const auto with_header = [&](const base::Bytes& header) {
        test::Author author = dossier.author;
        auto submission =
            vault.deposit(dossier.session, dossier.owner, author, dossier.owner, id, {1, 2, 3});
        submission.headers[0].header = header;
        return code_of(
            [&] { return vault.service.submit(dossier.session, dossier.id(), {submission}); });
    };
    const auto key = crypto::random_secret<age::FileKey>();
    const age::X25519Recipient recipient(dossier.owner.card().recipient);
    const std::array<const age::Recipient*, 2> twice{&recipient, &recipient};
    CHECK(with_header(age::make_header(key, twice)) == "header-refused");
    CHECK(with_header({}) == "header-refused");
    CHECK(with_header(base::to_bytes("age-encryption.org/v1\n")) == "header-refused");
    CHECK(with_header(test::header_for(dossier.owner.card())) == "header-mismatch");
}

TEST_CASE("a deposit whose payload was not uploaded, or is another's, is refused") {
    TestVault vault;
    TestDossier dossier(vault);
    const Person worker("worker");
    dossier.act(allow(worker));
    const auto session = vault.join(worker);
    const auto id = crypto::random_value<statement::DocumentId>();
    test::Author author = dossier.author;
    const auto by_owner =
        vault.deposit(dossier.session, dossier.owner, author, dossier.owner, id, {1, 2, 3});
    author = dossier.author;
    auto by_worker = vault.deposit(session, worker, author, dossier.owner, id, {1, 2, 3});
    author = dossier.author;
    const base::Bytes header = by_worker.headers[0].header;
    auto act = std::get<statement::DocumentDeposit>(
        statement::parse_signed(by_worker.envelope).statement.act);
    act.payloads[api::Role::content] = test::payload_of({9, 9, 9});
    CHECK(code_of([&] {
              return vault.service.submit(session, dossier.id(),
                                          {author.sign(worker, act, {{id, header}})});
          }) == "payload-missing");
}

TEST_CASE("a depositor is told of rights, and nothing of others' documents") {
    TestVault vault;
    TestDossier dossier(vault);
    const auto others = dossier.add({1, 2, 3});
    const Person worker("worker");
    dossier.act(allow(worker));
    const auto session = vault.join(worker);
    const auto try_it = [&](const statement::Act& act) {
        test::Author author = dossier.author;
        return code_of([&] {
            return vault.service.submit(session, dossier.id(), {author.sign(worker, act, {})});
        });
    };
    const auto none = crypto::random_value<statement::DocumentId>();
    CHECK(try_it(statement::DocumentErase{others}) == try_it(statement::DocumentErase{none}));
    CHECK(try_it(allow(Person("M"))) == "not-owner");
}

TEST_CASE("a card that a dossier allows logs in without an account, and may do no more") {
    TestVault vault;
    TestDossier dossier(vault);
    const Person worker("worker");
    CHECK(code_of([&] { return vault.log_in(worker); }) == "login-refused");
    dossier.act(allow(worker));
    const auto session = vault.log_in(worker);
    CHECK(vault.service.dossiers(session).size() == 1);
    test::Author author = dossier.author;
    const auto id = crypto::random_value<statement::DocumentId>();
    vault.service.submit(session, dossier.id(),
                         {vault.deposit(session, worker, author, dossier.owner, id, {1, 2, 3})});
    test::Author own(vault.clock);
    for (const auto& call : std::vector<std::function<void()>>{
             [&] { vault.service.account(session); }, [&] { vault.service.keyring(session); },
             [&] { vault.service.put_keyring(session, 0, {}); },
             [&] {
                 vault.service.invite(session, {crypto::random_secret<api::InvitationCode>(), 0});
             },
             [&] { vault.service.submit(session, std::nullopt, {own.create(worker)}); }}) {
        CHECK(code_of([&] { return (call(), 0); }) == "account-needed");
    }
}

TEST_CASE("an erased dossier leaves its last statement to those who could read it, for 30 days") {
    TestVault vault;
    TestDossier dossier(vault);
    const Person worker("worker");
    const Person lawyer("lawyer");
    dossier.act(allow(worker));
    dossier.grant(lawyer, dossier.add({1, 2, 3}));
    const auto workers = vault.join(worker);
    const auto lawyers = vault.join(lawyer);
    const auto strangers = vault.join(Person("stranger"));
    dossier.act(statement::DossierErase{});
    const auto see = [&](const api::SessionToken& session, api::ViewAs as) {
        return code_of([&] {
            const auto records = test::view(vault, session, dossier.id(), as);
            REQUIRE(records.size() == 2);
            const auto& begin = std::get<api::ViewBegin>(records[0]);
            CHECK(begin.erased);
            CHECK(begin.head == dossier.author.head);
            CHECK_FALSE(begin.length);
            CHECK(std::get<api::ViewEnd>(records[1]).head == begin.head);
            return 0;
        });
    };
    CHECK(see(dossier.session, api::ViewAs::owner) == "");
    CHECK(see(workers, api::ViewAs::depositor) == "");
    CHECK(see(lawyers, api::ViewAs::grantee) == "");
    CHECK(see(strangers, api::ViewAs::grantee) == "not-found");
    vault.clock.pass(std::chrono::hours(24 * 30));
    vault.service.expire();
    CHECK(see(vault.log_in(dossier.owner), api::ViewAs::owner) == "not-found");
    CHECK(see(vault.log_in(worker), api::ViewAs::depositor) == "not-found");
    CHECK(see(vault.log_in(lawyer), api::ViewAs::grantee) == "not-found");
}

TEST_CASE("a grantee is told nothing that tells of other documents, a depositor the head alone") {
    TestVault vault;
    TestDossier dossier(vault);
    const Person worker("worker");
    const Person lawyer("lawyer");
    dossier.act(allow(worker));
    dossier.grant(lawyer, dossier.add({1, 2, 3}));
    const auto workers = vault.join(worker);
    const auto lawyers = vault.join(lawyer);
    const auto list = [&](const api::SessionToken& session) {
        return base::canonical_json(api::to_json(vault.service.dossiers(session)),
                                    base::JsonText::ascii);
    };
    const auto shown = [&](const api::SessionToken& session, api::ViewAs as) {
        std::string lines;
        for (const auto& record : test::view(vault, session, dossier.id(), as))
            lines += api::encode_record(record);
        return lines;
    };
    const auto listed = list(lawyers);
    const auto lines = shown(lawyers, api::ViewAs::grantee);
    dossier.add({4, 5, 6});
    dossier.act(allow(Person("M")));
    CHECK(list(lawyers) == listed);
    CHECK(shown(lawyers, api::ViewAs::grantee) == lines);

    const auto dossiers = vault.service.dossiers(workers);
    REQUIRE(dossiers.size() == 1);
    CHECK(dossiers[0].head == dossier.author.head);
    CHECK_FALSE(dossiers[0].length);
    const auto begin = std::get<api::ViewBegin>(
        test::view(vault, workers, dossier.id(), api::ViewAs::depositor).front());
    CHECK(begin.head == dossier.author.head);
    CHECK_FALSE(begin.length);
}

TEST_CASE("a view during which what is shown changes has another end than its beginning") {
    TestVault vault;
    TestDossier dossier(vault);
    const Person lawyer("lawyer");
    const auto session = vault.join(lawyer);
    const auto kept = dossier.add({1, 2, 3});
    const auto revoked = dossier.add({4, 5, 6});
    dossier.grant(lawyer, kept);
    dossier.grant(lawyer, revoked);
    const auto source = vault.service.open_view(session, dossier.id(), api::ViewAs::grantee, 0);
    const auto begin = std::get<api::ViewBegin>(*source->next());
    CHECK(begin.shown);
    dossier.act(statement::GrantRevoke{lawyer.fingerprint(), {revoked}});
    std::optional<api::ViewRecord> last;
    while (auto next = source->next())
        last = std::move(next);
    CHECK(std::get<api::ViewEnd>(*last).shown != begin.shown);
}

TEST_CASE("an account creates only so many dossiers, and the same one again is answered the same") {
    server::VaultRules rules;
    rules.dossiers_per_owner = 2;
    TestVault vault(std::move(rules));
    TestDossier dossier(vault);
    test::Author second(vault.clock);
    test::Author third(vault.clock);
    const auto create = second.create(dossier.owner);
    const auto head = vault.service.submit(dossier.session, std::nullopt, {create}).head;
    CHECK(code_of([&] {
              return vault.service.submit(dossier.session, std::nullopt,
                                          {third.create(dossier.owner)});
          }) == "too-many-dossiers");
    CHECK(vault.service.submit(dossier.session, std::nullopt, {create}).head == head);
}

TEST_CASE("a depositor deposits only so much in an hour, and the owner is never kept waiting") {
    server::VaultRules rules;
    rules.deposits_per_hour = 1;
    TestVault vault(std::move(rules));
    TestDossier dossier(vault);
    const Person worker("worker");
    dossier.act(allow(worker));
    const auto session = vault.join(worker);
    const auto try_it = [&] {
        const test::Author before = dossier.author;
        const auto answer = code_of([&] {
            const auto id = crypto::random_value<statement::DocumentId>();
            return vault.service.submit(
                session, dossier.id(),
                {vault.deposit(session, worker, dossier.author, dossier.owner, id, {1, 2, 3})});
        });
        if (!answer.empty()) dossier.author = before;
        return answer;
    };
    CHECK(try_it() == "");
    CHECK(try_it() == "too-many-deposits");
    CHECK(api::problem_type(server::refusal("too-many-deposits")).status == 429);
    for (int i = 0; i < 3; ++i)
        dossier.add({1, 2, 3});
    vault.clock.pass(std::chrono::hours(1));
    CHECK(try_it() == "");
}

TEST_CASE("the session of a card whose permission has ended opens nothing any more") {
    TestVault vault;
    TestDossier dossier(vault);
    const Person worker("worker");
    dossier.act(allow(worker));
    const auto session = vault.log_in(worker);
    dossier.act(statement::DepositorRemove{worker.fingerprint()});
    CHECK(vault.service.dossiers(session).empty());
    CHECK(code_of([&] {
              return vault.service.open_view(session, dossier.id(), api::ViewAs::depositor, 0);
          }) == "not-found");
    CHECK(code_of([&] {
              return vault.service.put_payload(session, {dossier.id(), {}, api::Role::content}, 9);
          }) == "not-found");
    CHECK(code_of([&] { return vault.log_in(worker); }) == "login-refused");
}
