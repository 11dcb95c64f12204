#include <kluis/crypto/random.hpp>

#include <server/refusal.hpp>
#include <server/vault_service.hpp>

namespace kluis::server {

namespace {

crypto::Digest digest_of(const api::SessionToken& token) {
    return crypto::sha256(token.view());
}

std::string key_id(const statement::LoginName& who) {
    const auto* handle = std::get_if<statement::Handle>(&who);
    return handle ? handle->text : statement::to_text(std::get<statement::Fingerprint>(who));
}

}  // namespace

VaultService::VaultService(store::Store& store, store::BlobStore& blobs, VaultRules rules,
                           const base::Clock& clock)
    : store_(store),
      blobs_(blobs),
      rules_(std::move(rules)),
      clock_(clock),
      failed_logins_(rules_.failed_logins),
      read_record_(store),
      decoy_(crypto::Ed25519Signer(crypto::random_secret<crypto::Ed25519Seed>()).public_key()) {}

api::Status VaultService::status() {
    return {rules_.origin, clock_.now(), api::kFormat};
}

statement::Challenge VaultService::challenge() {
    return challenges_.issue(clock_.now());
}

api::LoginReply VaultService::login(const api::Envelope& envelope) {
    const base::Time now = clock_.now();
    const statement::Login login = statement::parse_login(envelope);
    const bool by_handle = std::holds_alternative<statement::Handle>(login.who);
    const std::string name = key_id(login.who);
    const crypto::Digest throttled = crypto::sha256(base::as_bytes(name));
    if (by_handle && !failed_logins_.take(throttled, now)) throw refusal("too-many-requests");
    const bool fresh = challenges_.is_good(login.challenge, now);
    const auto [session, key] = who_logs_in(login.who, now);
    const bool genuine = statement::verify(envelope, statement::kLoginType, key);
    if (!fresh || !genuine || !session || login.origin != rules_.origin ||
        envelope.key_id != name || !challenges_.use_up(login.challenge, now)) {
        throw refusal("login-refused");
    }
    if (by_handle) failed_logins_.give_back(throttled, now);
    return open_session(*session, !by_handle);
}

std::pair<std::optional<store::Session>, crypto::Ed25519Public> VaultService::who_logs_in(
    const statement::LoginName& who, base::Time now) const {
    if (const auto* handle = std::get_if<statement::Handle>(&who)) {
        const auto account = store_.account(*handle);
        if (!account) return {std::nullopt, decoy_};
        return {store::Session{statement::fingerprint(account->card), true, {}}, account->login};
    }
    const auto& fingerprint = std::get<statement::Fingerprint>(who);
    const auto account = store_.account(fingerprint);
    if (account) return {store::Session{fingerprint, true, {}}, account->card.signing};
    const auto card = store_.card(fingerprint);
    if (!card || !store_.allowed_somewhere(fingerprint, now)) return {std::nullopt, decoy_};
    return {store::Session{fingerprint, false, {}}, card->signing};
}

api::LoginReply VaultService::open_session(store::Session session, bool by_card) {
    auto token = crypto::random_secret<api::SessionToken>();
    const base::Time now = clock_.now();
    session.expires = now + rules_.session;
    store_.add_session(digest_of(token), session);
    if (by_card) {
        const std::lock_guard lock(mutex_);
        std::erase_if(by_card_, [&](const auto& entry) { return entry.second < now; });
        by_card_[digest_of(token)] = session.expires;
    }
    std::optional<api::AccountReply> account;
    if (session.account) account = this->account(token);
    return {std::move(token), session.expires, session.card, std::move(account)};
}

void VaultService::logout(const api::SessionToken& session) {
    session_of(session);
    store_.drop_session(digest_of(session));
    const std::lock_guard lock(mutex_);
    by_card_.erase(digest_of(session));
}

store::Session VaultService::session_of(const api::SessionToken& token) const {
    const auto session = store_.session(digest_of(token), clock_.now());
    if (!session) throw refusal("login-required");
    return *session;
}

store::Session VaultService::account_session(const api::SessionToken& token) const {
    const store::Session session = session_of(token);
    if (!session.account) throw refusal("account-needed");
    return session;
}

bool VaultService::opened_by_card(const api::SessionToken& token) const {
    const std::lock_guard lock(mutex_);
    return by_card_.contains(digest_of(token));
}

}  // namespace kluis::server
