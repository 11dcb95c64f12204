// Accounts, keyrings, sessions and cards.
#pragma once

namespace kluis::test {

struct Accounts {
    Backend backend;
    Digest code = crypto::random_value<Digest>();

    store::Store& store() { return backend.store(); }

    store::Account account_of(const Person& person, const std::string& handle) {
        store::Account account;
        account.card = person.card;
        account.handle = {handle};
        account.login = crypto::random_value<crypto::Ed25519Public>();
        account.sealed_secret = ciphertext(72);
        account.credentials = credentials(person, account);
        return account;
    }
    Envelope credentials(const Person& person, const store::Account& account) {
        return sign_credentials({person.id, account.handle, account.login,
                                 crypto::sha256(account.sealed_secret), kNow, std::nullopt},
                                person.signer);
    }
    void register_person(const Person& person, const std::string& handle,
                         std::uint32_t may_invite = 0) {
        store().add_invitation(code, may_invite, kNow + kDay);
        REQUIRE(store().register_account(code, account_of(person, handle), kNow) ==
                store::Registered::yes);
    }
};

const std::string kHandle = "able-about-above-absent";

TEST_CASE_FIXTURE(Accounts, "an invitation makes one account, with its allowance") {
    const Person person;
    const auto account = account_of(person, kHandle);
    store().add_invitation(code, 3, kNow + kDay);
    CHECK(store().register_account(code, account, kNow) == store::Registered::yes);
    const auto found = store().account(Handle{kHandle});
    REQUIRE(found);
    CHECK(found->card == person.card);
    CHECK(found->login == account.login);
    CHECK(found->sealed_secret == account.sealed_secret);
    CHECK(found->credentials == account.credentials);
    CHECK(found->may_invite == 3);
    CHECK(store().account(person.id)->handle.text == kHandle);
    CHECK(store().register_account(code, account_of(Person(), "zoo-zone-zero-zebra"), kNow) ==
          store::Registered::no_invitation);
}

TEST_CASE_FIXTURE(Accounts, "an unknown or expired invitation makes no account") {
    const Person person;
    CHECK(store().register_account(code, account_of(person, kHandle), kNow) ==
          store::Registered::no_invitation);
    store().add_invitation(code, 0, kNow);
    CHECK(store().register_account(code, account_of(person, kHandle), kNow) ==
          store::Registered::no_invitation);
    CHECK_FALSE(store().account(person.id));
}

TEST_CASE_FIXTURE(Accounts, "a taken handle or card leaves the invitation for another try") {
    const Person person;
    register_person(person, kHandle);
    store().add_invitation(code, 0, kNow + kDay);
    CHECK(store().register_account(code, account_of(Person(), kHandle), kNow) ==
          store::Registered::handle_taken);
    CHECK(store().register_account(code, account_of(person, "zoo-zone-zero-zebra"), kNow) ==
          store::Registered::card_taken);
    CHECK(store().register_account(code, account_of(Person(), "zoo-zone-zero-zebra"), kNow) ==
          store::Registered::yes);
}

TEST_CASE_FIXTURE(Accounts, "an account invites until its allowance is spent") {
    const Person person;
    register_person(person, kHandle, 1);
    const auto invited = crypto::random_value<Digest>();
    CHECK(store().spend_invite(person.id, invited, 0, kNow + kDay));
    CHECK_FALSE(store().spend_invite(person.id, crypto::random_value<Digest>(), 0, kNow + kDay));
    CHECK(store().register_account(invited, account_of(Person(), "zoo-zone-zero-zebra"), kNow) ==
          store::Registered::yes);
    CHECK_FALSE(store().spend_invite(Person().id, invited, 0, kNow + kDay));
}

TEST_CASE_FIXTURE(Accounts, "an invitation takes with it those that it lets make") {
    const Person person;
    register_person(person, kHandle, 4);
    const auto two = crypto::random_value<Digest>();
    CHECK_FALSE(store().spend_invite(person.id, two, 4, kNow + kDay));
    CHECK(store().spend_invite(person.id, two, 2, kNow + kDay));
    CHECK(store().account(person.id)->may_invite == 1);
    CHECK(store().spend_invite(person.id, two, 2, kNow + kDay));
    CHECK(store().account(person.id)->may_invite == 1);
    CHECK_FALSE(store().spend_invite(person.id, crypto::random_value<Digest>(), 1, kNow + kDay));
}

TEST_CASE_FIXTURE(Accounts, "the keys of a login are found by handle and by card, and no others") {
    const Person person;
    CHECK_FALSE(store().login_keys(person.id));
    register_person(person, kHandle);
    const auto account = store().account(person.id);
    for (const LoginName& who : {LoginName(Handle{kHandle}), LoginName(person.id)}) {
        const auto keys = store().login_keys(who);
        REQUIRE(keys);
        CHECK(keys->card == person.card);
        CHECK(keys->login == account->login);
    }
    CHECK_FALSE(store().login_keys(Handle{"zoo-zone-zero-zebra"}));
    CHECK_FALSE(store().login_keys(Person().id));
}

TEST_CASE_FIXTURE(Accounts, "replaced credentials end the card's other sessions") {
    const Person person, other;
    register_person(person, kHandle);
    const auto here = crypto::random_value<Digest>(), there = crypto::random_value<Digest>(),
               others = crypto::random_value<Digest>();
    store().add_session(here, {person.id, true, kNow + kDay});
    store().add_session(there, {person.id, true, kNow + kDay});
    store().add_session(others, {other.id, true, kNow + kDay});
    const auto before = payload_hash(store().account(person.id)->credentials);
    CHECK(store().replace_credentials(person.id, before, account_of(person, kHandle), here));
    CHECK(store().session(here, kNow));
    CHECK_FALSE(store().session(there, kNow));
    CHECK(store().session(others, kNow));
}

TEST_CASE_FIXTURE(Accounts, "a card has only so many sessions, of which the oldest goes") {
    const Person person;
    std::vector<Digest> tokens;
    for (std::size_t i = 0; i <= store::kSessionsEach; ++i) {
        tokens.push_back(crypto::random_value<Digest>());
        store().add_session(tokens.back(),
                            {person.id, true, kNow + std::chrono::seconds(1000 + i)});
    }
    CHECK_FALSE(store().session(tokens[0], kNow));
    for (std::size_t i = 1; i < tokens.size(); ++i)
        CHECK(store().session(tokens[i], kNow));
}

TEST_CASE_FIXTURE(Accounts, "credentials are replaced over those named, and over no others") {
    const Person person;
    register_person(person, kHandle, 2);
    const auto before = store().account(person.id);
    store::Account changed = account_of(person, kHandle);
    CHECK_FALSE(store().replace_credentials(person.id, crypto::random_value<Digest>(), changed, {}));
    CHECK(store().account(person.id)->login == before->login);
    CHECK(store().replace_credentials(person.id, payload_hash(before->credentials), changed, {}));
    backend.reopen();
    const auto after = store().account(person.id);
    CHECK(after->login == changed.login);
    CHECK(after->sealed_secret == changed.sealed_secret);
    CHECK(after->credentials == changed.credentials);
    CHECK(after->may_invite == 2);
    CHECK_FALSE(store().replace_credentials(person.id, payload_hash(before->credentials), changed, {}));
}

TEST_CASE_FIXTURE(Accounts, "a keyring is written over the revision that it replaces") {
    const Person person;
    CHECK(refuses(base::ErrorKind::not_found,
                  [&] { return store().put_keyring(person.id, 0, ciphertext(10)); }));
    register_person(person, kHandle);
    CHECK(store().keyring(person.id).revision == 0);
    const Bytes first = ciphertext(5000), second = ciphertext(9000);
    CHECK(store().put_keyring(person.id, 0, first));
    CHECK_FALSE(store().put_keyring(person.id, 0, second));
    CHECK_FALSE(store().put_keyring(person.id, 2, second));
    CHECK(store().keyring(person.id).sealed == first);
    CHECK(store().put_keyring(person.id, 1, second));
    backend.reopen();
    CHECK(store().keyring(person.id).revision == 2);
    CHECK(store().keyring(person.id).sealed == second);
}

TEST_CASE_FIXTURE(Accounts, "a session is found until it expires or is dropped") {
    const auto token = crypto::random_value<Digest>();
    const Person person;
    CHECK_FALSE(store().session(token, kNow));
    store().add_session(token, {person.id, true, kNow + std::chrono::hours(1)});
    const auto found = store().session(token, kNow);
    REQUIRE(found);
    CHECK(found->card == person.id);
    CHECK(found->account);
    CHECK(found->expires == kNow + std::chrono::hours(1));
    CHECK_FALSE(store().session(token, kNow + std::chrono::hours(1)));
    store().drop_session(token);
    CHECK_FALSE(store().session(token, kNow));
}

TEST_CASE_FIXTURE(Vault, "the card of a depositor is known, removed or not, and no stranger's") {
    allow(worker);
    CHECK(store().card(owner.id) == owner.card);
    CHECK(store().card(worker.id) == worker.card);
    CHECK(store().allowed_somewhere(worker.id, now));
    act(owner, DepositorRemove{worker.id});
    CHECK(store().card(worker.id) == worker.card);
    CHECK_FALSE(store().allowed_somewhere(worker.id, now));
    CHECK_FALSE(store().card(stranger.id));
    CHECK_FALSE(store().allowed_somewhere(owner.id, now));
}

TEST_CASE_FIXTURE(Vault, "a permission lets a card log in up to its last second") {
    allow(worker, now + kDay);
    CHECK(store().allowed_somewhere(worker.id, now + kDay));
    CHECK_FALSE(store().allowed_somewhere(worker.id, now + kDay + std::chrono::seconds(1)));
}

}  // namespace kluis::test
