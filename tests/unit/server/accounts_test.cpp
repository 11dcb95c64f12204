#include "vault.hpp"

#include <doctest/doctest.h>

using namespace kluis;
using test::code_of;
using test::Person;
using test::TestVault;

TEST_CASE("an account is made by an invitation once, and logs in by handle and by card") {
    TestVault vault;
    const Person person("N");
    const auto handle = statement::random_handle();
    auto code = vault.invitation(2);
    vault.service.register_account(vault.registration(person, handle, code.duplicate()));

    const auto by_handle = vault.service.login(vault.login(handle, TestVault::login_key(person)));
    REQUIRE(by_handle.account);
    CHECK(by_handle.account->handle == handle);
    CHECK(by_handle.account->may_invite == 2);
    CHECK(by_handle.card == person.fingerprint());
    const auto by_card = vault.service.login(vault.login(person.fingerprint(), person.signer()));
    CHECK(by_card.account);

    const Person other("M");
    CHECK(code_of([&] {
              vault.service.register_account(
                  vault.registration(other, statement::random_handle(), code.duplicate()));
              return 0;
          }) == "invitation-refused");
}

TEST_CASE("a registration is refused without an invitation, with a taken handle or card") {
    TestVault vault;
    const Person person("N");
    const auto handle = statement::random_handle();
    const auto try_it = [&](const Person& who, const statement::Handle& name,
                            api::InvitationCode code) {
        return code_of([&] {
            vault.service.register_account(vault.registration(who, name, std::move(code)));
            return 0;
        });
    };
    CHECK(try_it(person, handle, crypto::random_secret<api::InvitationCode>()) ==
          "invitation-refused");
    CHECK(try_it(person, handle, vault.invitation()) == "");
    CHECK(try_it(Person("M"), handle, vault.invitation()) == "handle-taken");
    CHECK(try_it(person, statement::random_handle(), vault.invitation()) == "card-taken");
}

TEST_CASE("a registration whose credentials are another's, or of another secret, is refused") {
    TestVault vault;
    const Person person("N");
    auto request = vault.registration(Person("M"), statement::random_handle(), vault.invitation());
    request.card = person.card();
    CHECK(code_of([&] { return (vault.service.register_account(request), 0); }) == "forged");
    auto other = vault.registration(person, statement::random_handle(), vault.invitation());
    other.sealed_secret[0] ^= 1;
    CHECK(code_of([&] { return (vault.service.register_account(other), 0); }) == "forged");
}

TEST_CASE("a login is refused alike for an unknown handle, a wrong key, and another origin") {
    TestVault vault;
    const Person person("N");
    const auto handle = statement::random_handle();
    vault.service.register_account(vault.registration(person, handle, vault.invitation()));
    const auto key = TestVault::login_key(person);
    const auto answer = [&](const api::Envelope& login) {
        return code_of([&] { return vault.service.login(login); });
    };
    CHECK(answer(vault.login(statement::random_handle(), key)) == "login-refused");
    CHECK(answer(vault.login(handle, person.signer())) == "login-refused");
    CHECK(answer(vault.login(handle, key, "https://evil.example")) == "login-refused");
    CHECK(answer(vault.login(Person("M").fingerprint(), Person("M").signer())) == "login-refused");
    CHECK(answer(statement::sign_login({test::kOrigin, {}, handle}, key)) == "login-refused");
    CHECK(answer(vault.login(handle, key)) == "");
}

TEST_CASE("a challenge is good once, and for a minute") {
    TestVault vault;
    const Person person("N");
    vault.join(person);
    const auto login = vault.login(person.fingerprint(), person.signer());
    vault.service.login(login);
    CHECK(code_of([&] { return vault.service.login(login); }) == "login-refused");
    const auto late = vault.login(person.fingerprint(), person.signer());
    vault.clock.pass(std::chrono::seconds(61));
    CHECK(code_of([&] { return vault.service.login(late); }) == "login-refused");
}

TEST_CASE("failed logins by a name are throttled, known or not, and time lets it try again") {
    TestVault vault;
    const Person person("N");
    const auto known = statement::random_handle();
    vault.service.register_account(vault.registration(person, known, vault.invitation()));
    for (const auto& handle : {known, statement::random_handle()}) {
        std::vector<std::string> answers;
        for (int i = 0; i < 21; ++i) {
            answers.push_back(
                code_of([&] { return vault.service.login(vault.login(handle, person.signer())); }));
        }
        CHECK(std::ranges::count(answers, "login-refused") == 20);
        CHECK(answers.back() == "too-many-requests");
    }
    CHECK(code_of([&] {
              return vault.service.login(vault.login(known, TestVault::login_key(person)));
          }) == "too-many-requests");
    vault.clock.pass(std::chrono::seconds(30));
    vault.service.login(vault.login(known, TestVault::login_key(person)));
}

TEST_CASE("a card logs in whatever others tried in its name") {
    TestVault vault;
    const Person person("N");
    vault.join(person);
    for (int i = 0; i < 40; ++i) {
        CHECK(code_of([&] {
                  return vault.service.login(
                      vault.login(person.fingerprint(), Person("M").signer()));
              }) == "login-refused");
    }
    CHECK(vault.service.account(vault.log_in(person)).card == person.card());
}

TEST_CASE("a login that was refused, or whose challenge is forged, does not use a challenge up") {
    TestVault vault;
    const Person person("N");
    vault.join(person);
    auto login = vault.login(person.fingerprint(), person.signer());
    auto forged = login;
    forged.signature = vault.login(person.fingerprint(), Person("M").signer()).signature;
    CHECK(code_of([&] { return vault.service.login(forged); }) == "login-refused");
    vault.service.login(login);
    const auto made_up = statement::sign_login(
        {test::kOrigin, crypto::random_value<statement::Challenge>(), person.fingerprint()},
        person.signer());
    CHECK(code_of([&] { return vault.service.login(made_up); }) == "login-refused");
}

TEST_CASE("an invitation does not tell of handles without end") {
    TestVault vault;
    const auto taken = statement::random_handle();
    vault.service.register_account(vault.registration(Person("N"), taken, vault.invitation()));
    const auto code = vault.invitation();
    const auto try_it = [&](const statement::Handle& handle) {
        return code_of([&] {
            vault.service.register_account(
                vault.registration(Person("M"), handle, code.duplicate()));
            return 0;
        });
    };
    for (int i = 0; i < 10; ++i)
        CHECK(try_it(taken) == "handle-taken");
    CHECK(try_it(taken) == "too-many-requests");
    CHECK(try_it(statement::random_handle()) == "too-many-requests");
    vault.clock.pass(std::chrono::hours(23));
    CHECK(try_it(taken) == "too-many-requests");
    vault.service.expire();
    CHECK(try_it(taken) == "too-many-requests");
}

TEST_CASE("a session ends by logging out, and after its time") {
    TestVault vault;
    const Person person("N");
    const auto session = vault.join(person);
    vault.service.account(session);
    vault.service.logout(session);
    CHECK(code_of([&] { return vault.service.account(session); }) == "login-required");
    const auto other = vault.log_in(person);
    vault.clock.pass(std::chrono::hours(12));
    CHECK(code_of([&] { return vault.service.account(other); }) == "login-required");
    CHECK(code_of([&] {
              return vault.service.account(crypto::random_secret<api::SessionToken>());
          }) == "login-required");
}

TEST_CASE("credentials are replaced by the card alone, each after the one before") {
    TestVault vault;
    const Person person("N");
    const auto handle = statement::random_handle();
    vault.service.register_account(vault.registration(person, handle, vault.invitation()));
    const auto by_card = vault.log_in(person);
    const auto by_handle =
        vault.service.login(vault.login(handle, TestVault::login_key(person))).token.duplicate();
    const base::Bytes secret(72, 9);
    const auto next = [&](const statement::Envelope& current) {
        statement::Credentials credentials = statement::parse_credentials(current);
        credentials.previous = statement::payload_hash(current);
        credentials.secret = crypto::sha256(secret);
        credentials.login = Person("new login").signer().public_key();
        return api::CredentialsRequest{statement::sign_credentials(credentials, person.signer()),
                                       secret};
    };
    const auto first = vault.service.account(by_card).credentials;
    const auto request = next(first);
    const auto replace = [&](const api::SessionToken& session,
                             const api::CredentialsRequest& what) {
        return code_of([&] { return (vault.service.replace_credentials(session, what), 0); });
    };
    CHECK(replace(by_handle, request) == "card-login-needed");
    auto forged = request;
    forged.credentials.signature = first.signature;
    CHECK(replace(by_card, forged) == "forged");
    CHECK(replace(by_card, request) == "");
    CHECK(code_of([&] { return vault.service.account(by_handle); }) == "login-required");
    CHECK(replace(by_card, request) == "");
    CHECK(vault.service.account(by_card).sealed_secret == secret);
    auto stale = next(first);
    stale.sealed_secret = base::Bytes(72, 8);
    CHECK(replace(by_card, stale) == "credentials-changed");
    vault.service.login(vault.login(handle, Person("new login").signer()));
    CHECK(code_of([&] {
              return vault.service.login(vault.login(handle, TestVault::login_key(person)));
          }) == "login-refused");
}

TEST_CASE("a session opened by the card stays one, however many others come and go") {
    TestVault vault;
    const Person person("N");
    const auto session = vault.join(person);
    for (int i = 0; i < 40; ++i)
        vault.service.logout(vault.log_in(person));
    const auto current = vault.service.account(session).credentials;
    auto credentials = statement::parse_credentials(current);
    credentials.previous = statement::payload_hash(current);
    const base::Bytes secret(72, 9);
    credentials.secret = crypto::sha256(secret);
    vault.service.replace_credentials(
        session, {statement::sign_credentials(credentials, person.signer()), secret});
    CHECK(vault.service.account(session).sealed_secret == secret);
}

TEST_CASE("a keyring is written over the revision it names, and no other") {
    TestVault vault;
    const auto session = vault.join(Person("N"));
    CHECK(vault.service.keyring(session).revision == 0);
    CHECK(vault.service.put_keyring(session, 0, base::Bytes(100, 1)) == 1);
    CHECK(code_of([&] { return vault.service.put_keyring(session, 0, base::Bytes(100, 2)); }) ==
          "keyring-changed");
    CHECK(vault.service.put_keyring(session, 1, base::Bytes(100, 3)) == 2);
    CHECK(vault.service.keyring(session).sealed == base::Bytes(100, 3));
    CHECK(code_of([&] {
              return vault.service.put_keyring(session, 2, base::Bytes(api::kKeyringLimit + 1));
          }) == "limit");
}

TEST_CASE("invitations come from an account's allowance, with all that they let come of them") {
    TestVault vault;
    const auto session = vault.join(Person("N"), 3);
    const auto invite = [&](std::uint64_t may_invite) {
        api::InviteRequest request{crypto::random_secret<api::InvitationCode>(), may_invite};
        vault.service.invite(session, request);
        return std::move(request.invitation);
    };
    CHECK(code_of([&] { return invite(3); }) == "no-invitations-left");
    const auto code = invite(1);
    CHECK(vault.service.account(session).may_invite == 1);
    const Person invited("M");
    vault.service.register_account(
        vault.registration(invited, statement::random_handle(), code.duplicate()));
    CHECK(vault.service.account(vault.log_in(invited)).may_invite == 1);
    invite(0);
    CHECK(code_of([&] { return invite(0); }) == "no-invitations-left");
}

TEST_CASE("an invitation that is asked for again after a lost reply is one") {
    TestVault vault;
    const auto session = vault.join(Person("N"), 2);
    const api::InviteRequest request{crypto::random_secret<api::InvitationCode>(), 0};
    vault.service.invite(session, request);
    vault.service.invite(session, request);
    CHECK(vault.service.account(session).may_invite == 1);
    vault.service.register_account(vault.registration(Person("M"), statement::random_handle(),
                                                      request.invitation.duplicate()));
}

TEST_CASE("a card is given by its fingerprint, and an unknown one is not found") {
    TestVault vault;
    const Person person("N");
    const auto session = vault.join(person);
    CHECK(vault.service.card(session, person.fingerprint()) == person.card());
    CHECK(code_of([&] { return vault.service.card(session, Person("M").fingerprint()); }) ==
          "not-found");
}
