// Attack 18, of statements: the same bytes come a second time, at once and after what they did was
// undone.
#include <kluis/statement/consent.hpp>

#include <doctest/doctest.h>
#include <unit/server/vault.hpp>

namespace kluis::test {

namespace {

using statement::Act;

// All that a person can see of a server: what a second effect would show in.
struct Sight {
    std::string account;
    api::KeyringReply keyring;
    std::vector<std::string> dossiers;
    std::vector<std::string> view;

    bool operator==(const Sight& other) const {
        return account == other.account && keyring.revision == other.keyring.revision &&
               keyring.sealed == other.keyring.sealed && dossiers == other.dossiers &&
               view == other.view;
    }
};

std::string text_of(const base::Json& json) {
    return base::canonical_json(json, base::JsonText::utf8);
}

std::vector<std::string> view_of(TestVault& vault, const api::SessionToken& session,
                                 const api::DossierId& id, api::ViewAs as) {
    std::vector<std::string> lines;
    vault.service.dossier(session, id, as, 0, [&](const api::ViewRecord& record) {
        lines.push_back(api::encode_record(record));
    });
    return lines;
}

Sight sight_of(TestDossier& dossier) {
    auto& service = dossier.vault.service;
    Sight sight;
    sight.account = text_of(api::to_json(service.account(dossier.session)));
    sight.keyring = service.keyring(dossier.session);
    for (const auto& each : service.dossiers(dossier.session))
        sight.dossiers.push_back(text_of(api::to_json(std::vector{each})));
    sight.view = view_of(dossier.vault, dossier.session, dossier.id(), api::ViewAs::owner);
    return sight;
}

statement::DepositorAllow allow(const Person& person) {
    return {person.card(), std::nullopt, std::nullopt, false};
}

// A run that was accepted, kept by someone who sends it again.
struct Kept {
    std::vector<api::Submission> run;
    api::SubmitReply reply;
};

Kept accepted(TestDossier& dossier, api::Submission submission) {
    Kept kept{{std::move(submission)}, {}};
    kept.reply = dossier.vault.service.submit(dossier.session, dossier.id(), kept.run);
    return kept;
}

Kept accepted(TestDossier& dossier, const Act& act, std::vector<api::DocumentHeader> headers = {}) {
    return accepted(dossier, dossier.author.sign(dossier.owner, act, std::move(headers)));
}

// Sent again, it is answered as the first time, and nothing is another than before.
void check_no_second_effect(TestDossier& dossier, const Kept& kept) {
    const auto before = sight_of(dossier);
    const auto again = dossier.vault.service.submit(dossier.session, dossier.id(), kept.run);
    CHECK(again.head == kept.reply.head);
    CHECK(sight_of(dossier) == before);
}

statement::GrantCreate grant_of(const TestDossier& dossier, const statement::DocumentId& document,
                                const Person& grantee, const base::Bytes& header) {
    statement::GrantCreate grant;
    grant.grantee = grantee.fingerprint();
    grant.documents = {
        {document, dossier.deposits.at(document), std::nullopt, crypto::sha256(header)}};
    return grant;
}

base::Bytes content_of(TestDossier& dossier, const statement::DocumentId& document) {
    return read(dossier.vault.service.document(dossier.session,
                                               {dossier.id(), document, api::Role::content},
                                               api::ViewAs::owner, std::nullopt));
}

}  // namespace

TEST_CASE("a dossier opened again is the same dossier, whatever was done in it since") {
    TestVault vault;
    const Person owner("owner");
    const auto session = vault.join(owner);
    Author author(vault.clock);
    const std::vector run{author.create(owner)};
    const auto first = vault.service.submit(session, std::nullopt, run);
    vault.service.submit(session, author.id, {author.sign(owner, allow(Person("worker")), {})});
    const auto before = view_of(vault, session, *author.id, api::ViewAs::owner);
    const auto again = vault.service.submit(session, std::nullopt, run);
    CHECK(again.head == first.head);
    CHECK(vault.service.dossiers(session).size() == 1);
    CHECK(view_of(vault, session, *author.id, api::ViewAs::owner) == before);
}

TEST_CASE("each kind of statement, sent again at once, has one effect") {
    TestVault vault;
    TestDossier dossier(vault);
    const Person worker("worker"), lawyer("lawyer"), member("member");
    vault.join(lawyer);
    const auto document = dossier.add({1, 2, 3});
    const auto header = header_for(lawyer.card());
    check_no_second_effect(dossier, accepted(dossier, allow(worker)));
    check_no_second_effect(dossier,
                           accepted(dossier, statement::DepositorRemove{worker.fingerprint()}));
    check_no_second_effect(dossier, accepted(dossier, grant_of(dossier, document, lawyer, header),
                                             {{document, header}}));
    check_no_second_effect(
        dossier, accepted(dossier, statement::GrantRevoke{lawyer.fingerprint(), {document}}));

    check_no_second_effect(
        dossier, accepted(dossier, vault.deposit(dossier.session, dossier.owner, dossier.author,
                                                 dossier.owner,
                                                 value_of<statement::DocumentId>("new"), {4, 5})));

    const base::Bytes metadata(100, 7);
    vault.put(dossier.session, {dossier.id(), document, api::Role::metadata}, metadata);
    check_no_second_effect(
        dossier, accepted(dossier, statement::DocumentDescribe{document, payload_of(metadata)}));

    statement::BundleSeal seal;
    seal.bundle = value_of<statement::BundleId>("bundle");
    seal.documents = 1;
    seal.recipients = {member.fingerprint()};
    seal.set = 1;
    const auto case_header = header_for(member.card());
    auto manifest = case_header;
    base::append(manifest, base::Bytes(300, 1));
    seal.manifest = crypto::sha256(manifest);
    const auto upload = vault.service.put_member(dossier.session, dossier.id(), seal.bundle,
                                                 api::Member::manifest, manifest.size());
    upload->write(manifest);
    upload->finish();
    check_no_second_effect(dossier, accepted(dossier, seal, {{document, case_header}}));

    check_no_second_effect(dossier, accepted(dossier, statement::DocumentErase{document}));
}

TEST_CASE("a statement sent again after what it did was undone does not do it again") {
    TestVault vault;
    TestDossier dossier(vault);
    const Person worker("worker"), lawyer("lawyer");
    const auto lawyers = vault.join(lawyer);
    const auto workers = vault.join(worker);
    const auto document = dossier.add({1, 2, 3});
    const auto other = dossier.add({4, 5, 6});
    dossier.grant(lawyer, other);

    const auto allowed = accepted(dossier, allow(worker));
    dossier.act(statement::DepositorRemove{worker.fingerprint()});
    check_no_second_effect(dossier, allowed);
    CHECK(vault.service.dossiers(workers).empty());

    const auto header = header_for(lawyer.card());
    const auto granted =
        accepted(dossier, grant_of(dossier, document, lawyer, header), {{document, header}});
    dossier.act(statement::GrantRevoke{lawyer.fingerprint(), {document}});
    const auto shown = view_of(vault, lawyers, dossier.id(), api::ViewAs::grantee);
    check_no_second_effect(dossier, granted);
    CHECK(view_of(vault, lawyers, dossier.id(), api::ViewAs::grantee) == shown);
    CHECK(code_of([&] {
              return vault.service.document(lawyers, {dossier.id(), document, api::Role::content},
                                            api::ViewAs::grantee, std::nullopt);
          }) == "not-found");

    const auto deposit =
        vault.deposit(dossier.session, dossier.owner, dossier.author, dossier.owner,
                      value_of<statement::DocumentId>("brief"), {7, 8, 9});
    const auto deposited = accepted(dossier, deposit);
    dossier.act(statement::DocumentErase{value_of<statement::DocumentId>("brief")});
    vault.put(dossier.session,
              {dossier.id(), value_of<statement::DocumentId>("brief"), api::Role::content},
              {7, 8, 9});
    check_no_second_effect(dossier, deposited);
    CHECK(code_of([&] { return content_of(dossier, value_of<statement::DocumentId>("brief")); }) ==
          "not-found");
}

TEST_CASE("a statement sent again with other headers beside it does not change those kept") {
    TestVault vault;
    TestDossier dossier(vault);
    const Person lawyer("lawyer");
    const auto lawyers = vault.join(lawyer);
    const auto document = dossier.add({1, 2, 3});
    const auto header = header_for(lawyer.card());
    auto granted =
        accepted(dossier, grant_of(dossier, document, lawyer, header), {{document, header}});
    const auto shown = view_of(vault, lawyers, dossier.id(), api::ViewAs::grantee);
    granted.run[0].headers[0].header = header_for(Person("somebody").card());
    check_no_second_effect(dossier, granted);
    granted.run[0].headers.clear();
    check_no_second_effect(dossier, granted);
    CHECK(view_of(vault, lawyers, dossier.id(), api::ViewAs::grantee) == shown);
}

TEST_CASE("a statement sent again by somebody else, or in a longer run, is refused") {
    TestVault vault;
    TestDossier dossier(vault);
    const Person worker("worker");
    const auto workers = vault.join(worker);
    const auto allowed = accepted(dossier, allow(worker));
    const auto before = sight_of(dossier);
    CHECK(code_of([&] { return vault.service.submit(workers, dossier.id(), allowed.run); }) ==
          "denied");
    // The same statement under another signature of the same bytes is not the same statement.
    auto forged = allowed.run;
    forged[0].envelope.signature = worker.signer().sign(base::as_bytes("something else"));
    CHECK(code_of([&] { return vault.service.submit(dossier.session, dossier.id(), forged); }) !=
          "");
    // Twice in one run, or before a new one.
    auto twice = allowed.run;
    twice.push_back(allowed.run[0]);
    CHECK(code_of([&] { return vault.service.submit(dossier.session, dossier.id(), twice); }) ==
          "stale-head");
    auto with_another = allowed.run;
    Author author = dossier.author;
    with_another.push_back(author.sign(dossier.owner, allow(Person("M")), {}));
    CHECK(code_of([&] {
              return vault.service.submit(dossier.session, dossier.id(), with_another);
          }) == "stale-head");
    CHECK(sight_of(dossier) == before);
}

TEST_CASE("a consent that was used is not good for a second transfer") {
    TestVault vault;
    TestDossier dossier(vault);
    const Person heir("heir");
    const auto heirs = vault.join(heir);
    const auto transfer = [&](const Person& from, const Person& to, const std::string& salt) {
        const statement::Consent consent{dossier.id(), from.fingerprint(), to.fingerprint(),
                                         value_of<statement::Salt>(salt)};
        return statement::DossierTransfer{to.card(), statement::sign_consent(consent, to.signer()),
                                          statement::header_list_digest({})};
    };
    const auto there = transfer(dossier.owner, heir, "there");
    const std::vector run{dossier.author.sign(dossier.owner, there, {})};
    vault.service.submit(dossier.session, dossier.id(), run);
    // The old owner's request again, after the dossier was handed over: no effect.
    const auto shown = view_of(vault, heirs, dossier.id(), api::ViewAs::owner);
    const auto again =
        code_of([&] { return vault.service.submit(dossier.session, dossier.id(), run); });
    CHECK((again == "" || again == "not-found"));
    CHECK(view_of(vault, heirs, dossier.id(), api::ViewAs::owner) == shown);
    vault.service.submit(heirs, dossier.id(),
                         {dossier.author.sign(heir, transfer(heir, dossier.owner, "back"), {})});
    const auto before = sight_of(dossier);
    CHECK(code_of([&] { return dossier.act(there); }) == "consent-used");
    CHECK(sight_of(dossier) == before);
}

TEST_CASE("an erasure sent again is answered the same, and nothing comes back") {
    TestVault vault;
    TestDossier dossier(vault);
    const auto deposit =
        vault.deposit(dossier.session, dossier.owner, dossier.author, dossier.owner,
                      value_of<statement::DocumentId>("letter"), {1, 2, 3});
    const auto deposited = accepted(dossier, deposit);
    const auto erased = accepted(dossier, statement::DossierErase{});
    const auto shown = view_of(vault, dossier.session, dossier.id(), api::ViewAs::owner);
    const auto again = vault.service.submit(dossier.session, dossier.id(), erased.run);
    CHECK(again.head == erased.reply.head);
    CHECK(code_of([&] {
              return vault.service.submit(dossier.session, dossier.id(), deposited.run);
          }) == "dossier-erased");
    CHECK(view_of(vault, dossier.session, dossier.id(), api::ViewAs::owner) == shown);
}

}  // namespace kluis::test
