#include "vault.hpp"

#include <doctest/doctest.h>

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
    CHECK(reply.length == 2);
    const auto dossiers = vault.service.dossiers(dossier.session);
    REQUIRE(dossiers.size() == 1);
    CHECK(dossiers[0].head == reply.head);
    CHECK(dossiers[0].as == std::vector{api::ViewAs::owner});
    std::vector<std::size_t> kinds;
    vault.service.dossier(dossier.session, dossier.id(), api::ViewAs::owner,
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
    CHECK(first.length == second.length);
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
        CHECK(code_of([&] { return vault.service.open_view(session, id, api::ViewAs::owner); }) ==
              "not-found");
        CHECK(code_of([&] { return vault.service.reads(session, id); }) == "not-found");
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
             [&] { vault.service.invite(session, 0); },
             [&] { vault.service.submit(session, std::nullopt, {own.create(worker)}); }}) {
        CHECK(code_of([&] { return (call(), 0); }) == "account-needed");
    }
}

TEST_CASE("an erased dossier leaves its last statement to those who could read it") {
    TestVault vault;
    TestDossier dossier(vault);
    dossier.act(statement::DossierErase{});
    std::vector<api::ViewRecord> records;
    vault.service.dossier(dossier.session, dossier.id(), api::ViewAs::owner,
                          [&](api::ViewRecord record) { records.push_back(std::move(record)); });
    REQUIRE(records.size() == 2);
    CHECK(std::get<api::ViewBegin>(records[0]).erased);
    CHECK(std::holds_alternative<api::ViewEnd>(records[1]));
}
