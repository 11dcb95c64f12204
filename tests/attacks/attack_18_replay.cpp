// Attack 18: a request is sent again, as it was. Each has one effect.
//
// The cases are all calls of api::Service that change something; statements have a file of their
// own.
#include <api/wire.hpp>
#include <doctest/doctest.h>
#include <unit/server/vault.hpp>

namespace kluis::test {

namespace {

std::string text_of(const base::Json& json) {
    return base::canonical_json(json, base::JsonText::utf8);
}

base::Bytes content_of(TestDossier& dossier, const statement::DocumentId& document) {
    return read(dossier.vault.service.document(dossier.session,
                                               {dossier.id(), document, api::Role::content},
                                               api::ViewAs::owner, std::nullopt));
}

}  // namespace

TEST_CASE("a registration sent again makes no second account, and changes nothing of the first") {
    TestVault vault;
    const Person person("N");
    const auto code = vault.invitation();
    const auto handle = statement::random_handle();
    const auto request = [&] { return vault.registration(person, handle, code.duplicate()); };
    vault.service.register_account(request());
    const auto session = vault.log_in(person);
    const auto before = text_of(api::to_json(vault.service.account(session)));
    CHECK(code_of([&] { return (vault.service.register_account(request()), 0); }) ==
          "invitation-refused");
    auto with_new_code = request();
    with_new_code.invitation = vault.invitation();
    CHECK(code_of([&] { return (vault.service.register_account(with_new_code), 0); }) ==
          "handle-taken");
    CHECK(text_of(api::to_json(vault.service.account(session))) == before);
}

TEST_CASE("a login sent again opens no second session, nor after the first was closed") {
    TestVault vault;
    const Person person("N");
    vault.join(person);
    const auto login = vault.login(person.fingerprint(), person.signer());
    const auto session = vault.service.login(login).token.duplicate();
    CHECK(code_of([&] { return vault.service.login(login); }) == "login-refused");
    vault.service.logout(session);
    CHECK(code_of([&] { return vault.service.login(login); }) == "login-refused");
    CHECK(code_of([&] { return (vault.service.logout(session), 0); }) == "login-required");
    CHECK(code_of([&] { return vault.service.account(session); }) == "login-required");
}

TEST_CASE("a login that was refused is not good when its challenge has had its time") {
    TestVault vault;
    const Person person("N");
    const auto early = vault.login(person.fingerprint(), person.signer());
    CHECK(code_of([&] { return vault.service.login(early); }) == "login-refused");
    vault.join(person);
    vault.clock.pass(std::chrono::seconds(61));
    CHECK(code_of([&] { return vault.service.login(early); }) == "login-refused");
}

TEST_CASE("logging out again ends no other session of the same card") {
    TestVault vault;
    const Person person("N");
    const auto first = vault.join(person);
    const auto second = vault.log_in(person);
    vault.service.logout(first);
    CHECK(code_of([&] { return (vault.service.logout(first), 0); }) == "login-required");
    CHECK_NOTHROW(vault.service.account(second));
}

TEST_CASE("credentials sent again after newer ones do not bring the old login key back") {
    TestVault vault;
    const Person person("N");
    const auto session = vault.join(person);
    const auto next = [&](std::uint8_t fill) {
        const auto current = vault.service.account(session).credentials;
        const base::Bytes secret(72, fill);
        auto credentials = statement::parse_credentials(current);
        credentials.previous = statement::payload_hash(current);
        credentials.secret = crypto::sha256(secret);
        return api::CredentialsRequest{statement::sign_credentials(credentials, person.signer()),
                                       secret};
    };
    const auto replace = [&](const api::CredentialsRequest& request) {
        return code_of([&] { return (vault.service.replace_credentials(session, request), 0); });
    };
    const auto first = next(8);
    CHECK(replace(first) == "");
    CHECK(replace(first) == "");
    const auto second = next(9);
    CHECK(replace(second) == "");
    CHECK(replace(first) == "credentials-changed");
    CHECK(vault.service.account(session).credentials == second.credentials);
    CHECK(vault.service.account(session).sealed_secret == second.sealed_secret);
}

TEST_CASE("a keyring sent again does not replace what came after it") {
    TestVault vault;
    const auto session = vault.join(Person("N"));
    const base::Bytes old(4200, 1), recent(4200, 2);
    CHECK(vault.service.put_keyring(session, 0, old) == 1);
    CHECK(code_of([&] { return vault.service.put_keyring(session, 0, old); }) == "keyring-changed");
    CHECK(vault.service.put_keyring(session, 1, recent) == 2);
    for (const std::uint64_t replaces : {0, 1}) {
        CHECK(code_of([&] { return vault.service.put_keyring(session, replaces, old); }) ==
              "keyring-changed");
    }
    CHECK(vault.service.keyring(session).revision == 2);
    CHECK(vault.service.keyring(session).sealed == recent);
}

TEST_CASE(
    "an invitation asked for again is the same one, and others never go beyond the allowance") {
    TestVault vault;
    const auto session = vault.join(Person("N"), 2);
    const auto first = crypto::random_secret<api::InvitationCode>();
    const auto second = crypto::random_secret<api::InvitationCode>();
    const auto invite = [&](const api::InvitationCode& code) {
        vault.service.invite(session, {code.duplicate(), 0});
    };
    invite(first);
    invite(first);
    CHECK(vault.service.account(session).may_invite == 1);
    invite(second);
    invite(second);
    CHECK(vault.service.account(session).may_invite == 0);
    CHECK(code_of([&] {
              invite(crypto::random_secret<api::InvitationCode>());
              return 0;
          }) == "no-invitations-left");
    // Each makes one account.
    vault.service.register_account(
        vault.registration(Person("M"), statement::random_handle(), first.duplicate()));
    CHECK(code_of([&] {
              vault.service.register_account(
                  vault.registration(Person("D"), statement::random_handle(), first.duplicate()));
              return 0;
          }) == "invitation-refused");
}

TEST_CASE("a payload sent again, the same or another, does not change an accepted document") {
    TestVault vault;
    TestDossier dossier(vault);
    const auto document = dossier.add({1, 2, 3});
    const auto before = content_of(dossier, document);
    for (const base::Bytes& bytes : {base::Bytes{1, 2, 3}, base::Bytes{9, 9, 9, 9}}) {
        vault.put(dossier.session, {dossier.id(), document, api::Role::content}, bytes);
        CHECK(content_of(dossier, document) == before);
    }
}

TEST_CASE("a bundle's manifest sent again is the same, and another one is refused") {
    TestVault vault;
    TestDossier dossier(vault);
    const auto document = dossier.add({1, 2, 3});
    const Person member("member");
    const auto header = header_for(member.card());
    std::map<api::Member, base::Bytes> members;
    for (const auto which :
         {api::Member::case_key, api::Member::manifest, api::Member::seal, api::Member::readers}) {
        members[which] = base::concat({header, base::Bytes(300, static_cast<std::uint8_t>(which))});
    }
    statement::BundleSeal seal;
    seal.bundle = value_of<statement::BundleId>("bundle");
    seal.documents = 1;
    seal.manifest = crypto::sha256(members.at(api::Member::manifest));
    seal.recipients = {member.fingerprint()};
    seal.set = 1;
    const auto put = [&](api::Member which, const base::Bytes& bytes) {
        const auto upload = vault.service.put_member(dossier.session, dossier.id(), seal.bundle,
                                                     which, bytes.size());
        upload->write(bytes);
        upload->finish();
    };
    for (const auto& [which, bytes] : members)
        put(which, bytes);
    dossier.act(seal, {{document, header}});
    const auto bundle = [&] {
        return read(vault.service.bundle(dossier.session, dossier.id(), seal.bundle, std::nullopt));
    };
    const auto before = bundle();
    for (const auto& [which, bytes] : members)
        put(which, bytes);
    CHECK(bundle() == before);
    auto another = members.at(api::Member::manifest);
    another.back() ^= 1;
    CHECK(code_of([&] { return (put(api::Member::manifest, another), 0); }) != "");
    CHECK(bundle() == before);
}

TEST_CASE("a document read again within the hour adds nothing to the owner's record") {
    TestVault vault;
    TestDossier dossier(vault);
    const Person lawyer("lawyer");
    const auto lawyers = vault.join(lawyer);
    const auto document = dossier.add({1, 2, 3});
    dossier.grant(lawyer, document);
    const auto get = [&] {
        return read(vault.service.document(lawyers, {dossier.id(), document, api::Role::content},
                                           api::ViewAs::grantee, std::nullopt));
    };
    const auto first = get();
    CHECK(dossier.reads().size() == 1);
    CHECK(get() == first);
    CHECK(dossier.reads().size() == 1);
}

}  // namespace kluis::test
