#include <server/refusal.hpp>
#include <server/vault_service.hpp>

namespace kluis::server {

namespace {

constexpr std::chrono::seconds kClockTolerance{600};

// Of an invitation's code, or a session's token.
template <class Secret>
crypto::Digest digest_of(const Secret& secret) {
    return crypto::sha256(secret.view());
}

// The account that these credentials make of a card, once they are checked against it.
store::Account account_of(const statement::Card& card, const statement::Envelope& envelope,
                          const base::Bytes& sealed_secret, const statement::Envelope* current,
                          base::Time now) {
    statement::check_credentials(envelope, card, current);
    const statement::Credentials credentials = statement::parse_credentials(envelope);
    if (crypto::sha256(sealed_secret) != credentials.secret) {
        throw base::Error(base::ErrorKind::forged, "the sealed secret is not the one signed for");
    }
    if (credentials.time > now + kClockTolerance) throw refusal("clock-off");
    return {card, credentials.handle, credentials.login, sealed_secret, envelope, 0};
}

}  // namespace

void VaultService::register_account(const api::RegisterRequest& request) {
    const base::Time now = clock_.now();
    const store::Account account =
        account_of(request.card, request.credentials, request.sealed_secret, nullptr, now);
    const crypto::Digest code = digest_of(request.invitation);
    // A name that is taken does not use the code up; nor may it tell of names without end.
    if (!taken_names_.take(code, now)) throw refusal("too-many-requests");
    switch (store_.register_account(code, account, now)) {
        case store::Registered::yes:
            taken_names_.give_back(code, now);
            return;
        case store::Registered::no_invitation:
            taken_names_.give_back(code, now);
            throw refusal("invitation-refused");
        case store::Registered::handle_taken:
            throw refusal("handle-taken");
        case store::Registered::card_taken:
            throw refusal("card-taken");
    }
}

api::AccountReply VaultService::account(const api::SessionToken& session) {
    const auto account = store_.account(account_session(session).card);
    if (!account) throw refusal("account-needed");
    return {account->card, account->handle, account->sealed_secret, account->credentials,
            account->may_invite};
}

void VaultService::replace_credentials(const api::SessionToken& session,
                                       const api::CredentialsRequest& request) {
    const store::Session who = account_session(session);
    if (!opened_by_card(who, session)) throw refusal("card-login-needed");
    const auto current = store_.account(who.card);
    if (!current) throw refusal("account-needed");
    // The same bytes again: the reply to the first was lost.
    if (request.credentials == current->credentials &&
        request.sealed_secret == current->sealed_secret) {
        return;
    }
    const crypto::Digest replaces = statement::payload_hash(current->credentials);
    if (statement::parse_credentials(request.credentials).previous != replaces) {
        throw refusal("credentials-changed");
    }
    store::Account changed = account_of(current->card, request.credentials, request.sealed_secret,
                                        &current->credentials, clock_.now());
    changed.may_invite = current->may_invite;
    if (!store_.replace_credentials(who.card, replaces, changed, digest_of(session))) {
        throw refusal("credentials-changed");
    }
}

api::KeyringReply VaultService::keyring(const api::SessionToken& session) {
    store::KeyringCopy copy = store_.keyring(account_session(session).card);
    return {copy.revision, std::move(copy.sealed)};
}

std::uint64_t VaultService::put_keyring(const api::SessionToken& session, std::uint64_t replaces,
                                        const api::Bytes& sealed) {
    const store::Session who = account_session(session);
    if (sealed.size() > api::kKeyringLimit) throw refusal("limit");
    if (!store_.put_keyring(who.card, replaces, sealed)) throw refusal("keyring-changed");
    return replaces + 1;
}

void VaultService::invite(const api::SessionToken& session, const api::InviteRequest& request) {
    const store::Session who = account_session(session);
    if (request.may_invite > api::kInviteLimit) throw refusal("malformed");
    if (!store_.spend_invite(who.card, digest_of(request.invitation),
                             static_cast<std::uint32_t>(request.may_invite),
                             clock_.now() + rules_.invitation)) {
        throw refusal("no-invitations-left");
    }
}

api::Card VaultService::card(const api::SessionToken& session,
                             const api::Fingerprint& fingerprint) {
    session_of(session);
    const auto card = store_.card(fingerprint);
    if (!card) throw unknown();
    return *card;
}

}  // namespace kluis::server
