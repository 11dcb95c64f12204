#include <kluis/crypto/random.hpp>

#include <server/refusal.hpp>
#include <server/vault_service.hpp>

#include <algorithm>

namespace kluis::server {

namespace {

crypto::Digest digest_of(const api::SessionToken& token) {
    return crypto::sha256(token.view());
}

std::string key_id(const statement::LoginName& who) {
    const auto* handle = std::get_if<statement::Handle>(&who);
    return handle ? handle->text : statement::to_text(std::get<statement::Fingerprint>(who));
}

statement::Card decoy_card() {
    return {crypto::x25519_public(crypto::random_secret<crypto::X25519Secret>()),
            crypto::Ed25519Signer(crypto::random_secret<crypto::Ed25519Seed>()).public_key()};
}

}  // namespace

VaultService::VaultService(store::Store& store, store::BlobStore& blobs, VaultRules rules,
                           const base::Clock& clock)
    : store_(store),
      blobs_(blobs),
      rules_(std::move(rules)),
      clock_(clock),
      failed_logins_(rules_.failed_logins),
      taken_names_(rules_.taken_names),
      read_record_(store),
      decoy_(decoy_card()),
      uploads_(rules_.uploads_at_once),
      uploading_(rules_.staging.bytes),
      downloads_(rules_.downloads_at_once),
      gathered_(rules_.gathered_at_once),
      gathered_in_all_(rules_.gathered_in_all) {}

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

// The same work is done for a name that there is not: how long the answer takes tells nothing.
std::pair<std::optional<store::Session>, crypto::Ed25519Public> VaultService::who_logs_in(
    const statement::LoginName& who, base::Time now) const {
    const auto keys = store_.login_keys(who);
    if (std::holds_alternative<statement::Handle>(who)) {
        const store::Session session{statement::fingerprint(keys ? keys->card : decoy_), true, {}};
        return {keys ? std::optional(session) : std::nullopt, keys ? keys->login : decoy_.signing};
    }
    const auto& fingerprint = std::get<statement::Fingerprint>(who);
    const auto nobody = statement::fingerprint(decoy_);
    // A card without an account, that a dossier knows: where there is an account, nobody's is
    // looked for.
    const auto other = store_.card(keys ? nobody : fingerprint);
    const bool allowed = store_.allowed_somewhere(fingerprint, now) && other;
    if (!keys && !allowed) return {std::nullopt, decoy_.signing};
    return {store::Session{fingerprint, keys.has_value(), {}},
            keys ? keys->card.signing : other->signing};
}

api::LoginReply VaultService::open_session(store::Session session, bool by_card) {
    auto token = crypto::random_secret<api::SessionToken>();
    session.expires = clock_.now() + rules_.session;
    store_.add_session(digest_of(token), session);
    if (by_card) {
        const std::lock_guard lock(mutex_);
        auto& opened = by_card_[session.card];
        opened.emplace_back(digest_of(token), session.expires);
        if (opened.size() > store::kSessionsEach) opened.pop_front();
    }
    std::optional<api::AccountReply> account;
    if (session.account) account = this->account(token);
    return {std::move(token), session.expires, session.card, std::move(account)};
}

void VaultService::logout(const api::SessionToken& session) {
    const store::Session who = session_of(session);
    const crypto::Digest digest = digest_of(session);
    store_.drop_session(digest);
    const std::lock_guard lock(mutex_);
    const auto opened = by_card_.find(who.card);
    if (opened == by_card_.end()) return;
    std::erase_if(opened->second, [&](const auto& entry) { return entry.first == digest; });
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

bool VaultService::opened_by_card(const store::Session& session,
                                  const api::SessionToken& token) const {
    const std::lock_guard lock(mutex_);
    const auto opened = by_card_.find(session.card);
    if (opened == by_card_.end()) return false;
    const crypto::Digest digest = digest_of(token);
    return std::ranges::any_of(opened->second,
                               [&](const auto& entry) { return entry.first == digest; });
}

std::shared_ptr<void> VaultService::body_slot(const store::Session& session, std::uint64_t length,
                                              std::uint64_t cost) {
    using Slots = std::pair<std::shared_ptr<void>, std::shared_ptr<void>>;
    const std::uint64_t size = cost * length;
    auto slot = gathered_.take(session.card, size);
    if (length <= kShortBody) return slot;
    return std::make_shared<Slots>(std::move(slot), gathered_in_all_.take(session.account, size));
}

void VaultService::expire() {
    const base::Time now = clock_.now();
    challenges_.forget_old(now);
    failed_logins_.forget_idle(now);
    taken_names_.forget_idle(now);
    read_record_.forget(now);
    {
        const std::lock_guard lock(mutex_);
        for (auto& [card, opened] : by_card_) {
            std::erase_if(opened, [&](const auto& entry) { return entry.second <= now; });
        }
        std::erase_if(by_card_, [](const auto& entry) { return entry.second.empty(); });
    }
    store_.expire(now);
}

}  // namespace kluis::server
