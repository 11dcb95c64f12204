// Accounts, keyrings, sessions and cards in memory.
#include "memory_store.hpp"

#include <mutex>

namespace kluis::store {

using base::Error;
using base::ErrorKind;

void MemoryStore::add_invitation(const Digest& code, std::uint32_t may_invite, Time expires) {
    const std::unique_lock lock(mutex_);
    invitations_[code] = {may_invite, expires};
}

bool MemoryStore::spend_invite(const Fingerprint& card, const Digest& code,
                               std::uint32_t may_invite, Time expires) {
    const std::unique_lock lock(mutex_);
    const auto found = accounts_.find(card);
    if (found == accounts_.end()) return false;
    if (invitations_.contains(code)) return true;
    if (found->second.may_invite <= may_invite) return false;
    found->second.may_invite -= 1 + may_invite;
    invitations_[code] = {may_invite, expires};
    return true;
}

const Account* MemoryStore::find_account(const Handle& handle) const {
    const auto found = std::ranges::find_if(
        accounts_, [&](const auto& entry) { return entry.second.handle == handle; });
    return found == accounts_.end() ? nullptr : &found->second;
}

Registered MemoryStore::register_account(const Digest& code, const Account& account, Time now) {
    const std::unique_lock lock(mutex_);
    const auto invitation = invitations_.find(code);
    if (invitation == invitations_.end() || invitation->second.expires <= now) {
        return Registered::no_invitation;
    }
    if (find_account(account.handle)) return Registered::handle_taken;
    const Fingerprint card = statement::fingerprint(account.card);
    if (accounts_.contains(card)) return Registered::card_taken;
    accounts_.emplace(card, account).first->second.may_invite = invitation->second.may_invite;
    invitations_.erase(invitation);
    return Registered::yes;
}

std::optional<Account> MemoryStore::account(const Handle& handle) const {
    const std::shared_lock lock(mutex_);
    const Account* found = find_account(handle);
    return found ? std::optional(*found) : std::nullopt;
}

std::optional<Account> MemoryStore::account(const Fingerprint& card) const {
    const std::shared_lock lock(mutex_);
    const auto found = accounts_.find(card);
    return found == accounts_.end() ? std::nullopt : std::optional(found->second);
}

std::optional<LoginKeys> MemoryStore::login_keys(const statement::LoginName& who) const {
    const auto* handle = std::get_if<Handle>(&who);
    const auto found = handle ? account(*handle) : account(std::get<Fingerprint>(who));
    return found ? std::optional(LoginKeys{found->card, found->login}) : std::nullopt;
}

bool MemoryStore::replace_credentials(const Fingerprint& card, const Digest& replaces,
                                      const Account& changed, const Digest& session) {
    const std::unique_lock lock(mutex_);
    const auto found = accounts_.find(card);
    if (found == accounts_.end() ||
        statement::payload_hash(found->second.credentials) != replaces) {
        return false;
    }
    found->second.login = changed.login;
    found->second.sealed_secret = changed.sealed_secret;
    found->second.credentials = changed.credentials;
    std::erase_if(sessions_, [&](const auto& entry) {
        return entry.second.card == card && entry.first != session;
    });
    return true;
}

KeyringCopy MemoryStore::keyring(const Fingerprint& card) const {
    const std::shared_lock lock(mutex_);
    const auto found = keyrings_.find(card);
    return found == keyrings_.end() ? KeyringCopy() : found->second;
}

bool MemoryStore::put_keyring(const Fingerprint& card, std::uint64_t replaces,
                              const Bytes& sealed) {
    const std::unique_lock lock(mutex_);
    if (!accounts_.contains(card)) throw Error(ErrorKind::not_found, "there is no such account");
    KeyringCopy& kept = keyrings_[card];
    if (kept.revision != replaces) return false;
    kept = {replaces + 1, sealed};
    return true;
}

void MemoryStore::add_session(const Digest& token, const Session& session) {
    const std::unique_lock lock(mutex_);
    sessions_[token] = session;
    const auto of_card = [&](const auto& entry) { return entry.second.card == session.card; };
    while (std::ranges::count_if(sessions_, of_card) > static_cast<std::ptrdiff_t>(kSessionsEach)) {
        auto oldest = sessions_.end();
        for (auto it = sessions_.begin(); it != sessions_.end(); ++it) {
            if (!of_card(*it) || it->first == token) continue;
            if (oldest == sessions_.end() || it->second.expires < oldest->second.expires) {
                oldest = it;
            }
        }
        sessions_.erase(oldest);
    }
}

std::optional<Session> MemoryStore::session(const Digest& token, Time now) const {
    const std::shared_lock lock(mutex_);
    const auto found = sessions_.find(token);
    if (found == sessions_.end() || found->second.expires <= now) return std::nullopt;
    return found->second;
}

void MemoryStore::drop_session(const Digest& token) {
    const std::unique_lock lock(mutex_);
    sessions_.erase(token);
}

std::optional<Card> MemoryStore::card(const Fingerprint& fingerprint) const {
    const std::shared_lock lock(mutex_);
    if (const auto found = accounts_.find(fingerprint); found != accounts_.end()) {
        return found->second.card;
    }
    for (const auto& [id, dossier] : dossiers_) {
        if (const auto card = dossier.state().card(fingerprint)) return card;
    }
    return std::nullopt;
}

bool MemoryStore::allowed_somewhere(const Fingerprint& card, Time now) const {
    const std::shared_lock lock(mutex_);
    return std::ranges::any_of(dossiers_, [&](const auto& entry) {
        return entry.second.may_see({ViewAs::depositor, card}, now);
    });
}

}  // namespace kluis::store
