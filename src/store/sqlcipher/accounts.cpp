// Accounts, keyrings, sessions and cards as rows.
#include "parts.hpp"

namespace kluis::store {

using namespace sqlcipher;
using base::Error;
using base::ErrorKind;
using Query = sqlcipher::Statement;

namespace {

void write_invitation(Connection& database, const Digest& code, std::uint32_t may_invite,
                      Time expires) {
    database.run(
        "INSERT OR REPLACE INTO invitations (code, may_invite, expires) VALUES (?1, ?2, ?3)", code,
        may_invite, expires);
}

Account account_at(const Query& row) {
    Account account;
    account.handle = {row.text(0)};
    account.card = {row.fixed<crypto::X25519Public>(1), row.fixed<crypto::Ed25519Public>(2)};
    account.login = row.fixed<crypto::Ed25519Public>(3);
    account.may_invite = static_cast<std::uint32_t>(row.integer(4));
    account.sealed_secret = row.bytes(5);
    account.credentials = statement::parse_envelope(row.blob(6));
    return account;
}

// For an account that there is not, another one's row is read instead: the answer takes the same
// time.
constexpr const char* kKeysOfHandle =
    "SELECT handle = ?1, recipient, signing, login FROM accounts WHERE rowid = coalesce("
    "(SELECT rowid FROM accounts WHERE handle = ?1), (SELECT min(rowid) FROM accounts))";
constexpr const char* kKeysOfCard =
    "SELECT card = ?1, recipient, signing, login FROM accounts WHERE rowid = coalesce("
    "(SELECT rowid FROM accounts WHERE card = ?1), (SELECT min(rowid) FROM accounts))";

std::optional<std::uint32_t> invitation(Connection& database, const Digest& code, Time now) {
    Query row = database.query(
        "SELECT may_invite FROM invitations WHERE code = ?1 AND expires > ?2", code, now);
    return row.step() ? std::optional(static_cast<std::uint32_t>(row.integer(0))) : std::nullopt;
}

Registered register_in(Connection& database, const Digest& code, const Account& account, Time now) {
    const auto may_invite = invitation(database, code, now);
    if (!may_invite) return Registered::no_invitation;
    const std::string& handle = account.handle.text;
    if (database.query("SELECT 1 FROM accounts WHERE handle = ?1", handle).step()) {
        return Registered::handle_taken;
    }
    const Fingerprint card = statement::fingerprint(account.card);
    if (database.query("SELECT 1 FROM accounts WHERE card = ?1", card).step()) {
        return Registered::card_taken;
    }
    database.run(
        "INSERT INTO accounts (card, handle, recipient, signing, login, may_invite, sealed_secret,"
        " credentials) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        card, handle, account.card.recipient, account.card.signing, account.login, *may_invite,
        account.sealed_secret, statement::encode(account.credentials));
    database.run("DELETE FROM invitations WHERE code = ?1", code);
    return Registered::yes;
}

}  // namespace

void SqlcipherStore::add_invitation(const Digest& code, std::uint32_t may_invite, Time expires) {
    parts_->writer.write(
        [&](Writing& writing) { write_invitation(writing.database, code, may_invite, expires); });
}

bool SqlcipherStore::spend_invite(const Fingerprint& card, const Digest& code,
                                  std::uint32_t may_invite, Time expires) {
    return parts_->writer.write([&](Writing& writing) {
        Connection& database = writing.database;
        if (!database.query("SELECT 1 FROM accounts WHERE card = ?1", card).step()) return false;
        if (database.query("SELECT 1 FROM invitations WHERE code = ?1", code).step()) return true;
        const auto spent = database.run(
            "UPDATE accounts SET may_invite = may_invite - 1 - ?2"
            " WHERE card = ?1 AND may_invite >= 1 + ?2",
            card, may_invite);
        if (spent == 0) return false;
        write_invitation(database, code, may_invite, expires);
        return true;
    });
}

Registered SqlcipherStore::register_account(const Digest& code, const Account& account, Time now) {
    return parts_->writer.write(
        [&](Writing& writing) { return register_in(writing.database, code, account, now); });
}

std::optional<Account> SqlcipherStore::account(const Handle& handle) const {
    return parts_->readers.read([&](Connection& database) {
        Query row = database.query(
            "SELECT handle, recipient, signing, login, may_invite, sealed_secret, credentials"
            " FROM accounts WHERE handle = ?1",
            handle.text);
        return row.step() ? std::optional(account_at(row)) : std::nullopt;
    });
}

std::optional<Account> SqlcipherStore::account(const Fingerprint& card) const {
    return parts_->readers.read([&](Connection& database) {
        Query row = database.query(
            "SELECT handle, recipient, signing, login, may_invite, sealed_secret, credentials"
            " FROM accounts WHERE card = ?1",
            card);
        return row.step() ? std::optional(account_at(row)) : std::nullopt;
    });
}

std::optional<LoginKeys> SqlcipherStore::login_keys(const statement::LoginName& who) const {
    return parts_->readers.read([&](Connection& database) -> std::optional<LoginKeys> {
        const auto* handle = std::get_if<Handle>(&who);
        Query row = handle ? database.query(kKeysOfHandle, handle->text)
                           : database.query(kKeysOfCard, std::get<Fingerprint>(who));
        if (!row.step()) return std::nullopt;
        const LoginKeys keys{
            {row.fixed<crypto::X25519Public>(1), row.fixed<crypto::Ed25519Public>(2)},
            row.fixed<crypto::Ed25519Public>(3)};
        return row.integer(0) != 0 ? std::optional(keys) : std::nullopt;
    });
}

bool SqlcipherStore::replace_credentials(const Fingerprint& card, const Digest& replaces,
                                         const Account& changed, const Digest& session) {
    return parts_->writer.write([&](Writing& writing) {
        Connection& database = writing.database;
        {
            Query row = database.query("SELECT credentials FROM accounts WHERE card = ?1", card);
            if (!row.step()) return false;
            const Envelope kept = statement::parse_envelope(row.blob(0));
            if (statement::payload_hash(kept) != replaces) return false;
        }
        database.run(
            "UPDATE accounts SET login = ?2, sealed_secret = ?3, credentials = ?4 WHERE card = ?1",
            card, changed.login, changed.sealed_secret, statement::encode(changed.credentials));
        database.run("DELETE FROM sessions WHERE card = ?1 AND token <> ?2", card, session);
        writing.erases();
        return true;
    });
}

KeyringCopy SqlcipherStore::keyring(const Fingerprint& card) const {
    return parts_->readers.read([&](Connection& database) {
        Query row = database.query("SELECT revision, sealed FROM keyrings WHERE card = ?1", card);
        return row.step() ? KeyringCopy{row.number(0), row.bytes(1)} : KeyringCopy();
    });
}

bool SqlcipherStore::put_keyring(const Fingerprint& card, std::uint64_t replaces,
                                 const Bytes& sealed) {
    return parts_->writer.write([&](Writing& writing) {
        Connection& database = writing.database;
        if (!database.query("SELECT 1 FROM accounts WHERE card = ?1", card).step()) {
            throw Error(ErrorKind::not_found, "there is no such account");
        }
        if (replaces == 0) {
            return database.run(
                       "INSERT OR IGNORE INTO keyrings (card, revision, sealed) VALUES (?1, 1, ?2)",
                       card, sealed) > 0;
        }
        return database.run(
                   "UPDATE keyrings SET revision = revision + 1, sealed = ?3"
                   " WHERE card = ?1 AND revision = ?2",
                   card, replaces, sealed) > 0;
    });
}

void SqlcipherStore::add_session(const Digest& token, const Session& session) {
    parts_->writer.write([&](Writing& writing) {
        writing.database.run(
            "INSERT OR REPLACE INTO sessions (token, card, account, expires)"
            " VALUES (?1, ?2, ?3, ?4)",
            token, session.card, session.account, session.expires);
        writing.database.run(
            "DELETE FROM sessions WHERE card = ?1 AND token IN (SELECT token FROM sessions"
            " WHERE card = ?1 AND token <> ?2 ORDER BY expires DESC LIMIT -1 OFFSET ?3)",
            session.card, token, kSessionsEach - 1);
    });
}

std::optional<Session> SqlcipherStore::session(const Digest& token, Time now) const {
    return parts_->readers.read([&](Connection& database) -> std::optional<Session> {
        Query row = database.query(
            "SELECT card, account, expires FROM sessions WHERE token = ?1 AND expires > ?2", token,
            now);
        if (!row.step()) return std::nullopt;
        return Session{row.fixed<Fingerprint>(0), row.integer(1) != 0, row.time(2)};
    });
}

void SqlcipherStore::drop_session(const Digest& token) {
    parts_->writer.write([&](Writing& writing) {
        writing.database.run("DELETE FROM sessions WHERE token = ?1", token);
    });
}

std::optional<Card> SqlcipherStore::card(const Fingerprint& fingerprint) const {
    return parts_->readers.read([&](Connection& database) -> std::optional<Card> {
        Query row = database.query(
            "SELECT recipient, signing FROM accounts WHERE card = ?1"
            " UNION ALL SELECT recipient, signing FROM cards WHERE card = ?1 LIMIT 1",
            fingerprint);
        if (!row.step()) return std::nullopt;
        return Card{row.fixed<crypto::X25519Public>(0), row.fixed<crypto::Ed25519Public>(1)};
    });
}

bool SqlcipherStore::allowed_somewhere(const Fingerprint& card, Time now) const {
    return parts_->readers.read([&](Connection& database) {
        return database
            .query(
                "SELECT 1 FROM permissions WHERE depositor = ?1 AND removed = 0"
                " AND (until IS NULL OR until >= ?2)",
                card, now)
            .step();
    });
}

}  // namespace kluis::store
