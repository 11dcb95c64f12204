// An account, unlocked, with a session at its server: what every command that acts begins with.
//
// Opening checks everything that the server answers: the sealed secret is the one of this device's
// card, changed credentials are signed by the card, later than those that the keyring remembers,
// and reported, the keyring opens at its revision and is not older than the one this device has
// seen. Until all of it is found good, nothing that this device keeps is written over.
//
// Thread-safety: one thread at a time, but for `connect`, which may be called from several.
#pragma once

#include <kluis/account/keyring.hpp>
#include <kluis/account/unlock.hpp>
#include <kluis/base/time.hpp>

#include <api/service.hpp>
#include <client/anchors.hpp>
#include <client/seen_heads.hpp>

#include <functional>
#include <memory>

namespace kluis::client {

// Makes a service for an origin: http_service, or in tests a hostile one.
using Connector = std::function<std::unique_ptr<api::Service>(const std::string& origin)>;

// Something a person should be told although what they asked for went well.
struct Notice {
    enum class Kind { clock_off, credentials_changed, new_device, old_anchors, words_left_out };
    Kind kind;
    std::string text;  // one English sentence
};

// What a client runs with, whoever the person is.
struct Environment {
    Home home;
    Connector connector;
    Trust trust;
    const base::Clock* clock = &base::system_clock();
    std::function<void(const Notice&)> tell = nullptr;  // told of each notice as it comes
};

class Client {
  public:
    // Unlocks this device's account and logs in. Throws Error(not_found) if there is none here,
    // Error(wrong_key) on a wrong passphrase, Error(forged) on any of the alarms above.
    static Client open(const Environment& environment, const account::Passphrase& passphrase);

    // Logs in by an account secret, as recovery and a card without an account do.
    static Client open_by_secret(const Environment& environment, const std::string& server,
                                 account::AccountSecret secret);

    Client(Client&&) noexcept;
    ~Client();

    const account::AccountSecret& secret() const { return secret_; }
    const crypto::Ed25519Signer& signer() const { return signer_; }
    const crypto::X25519Secret& identity() const { return identity_; }
    const statement::Card& card() const { return card_; }
    const statement::Fingerprint& me() const { return me_; }
    const std::string& server() const { return server_; }
    const Trust& trust() const { return environment_.trust; }
    const std::vector<Notice>& notices() const { return notices_; }
    const std::optional<api::AccountReply>& account() const { return account_; }

    api::Service& service() { return *service_; }
    const api::SessionToken& session() const { return *session_; }
    // A further connection with the same session, for work in parallel.
    std::unique_ptr<api::Service> connect() const { return environment_.connector(server_); }

    // The time to sign with: this computer's, or the server's where they differ by over a minute.
    base::Time now() const;
    // The later of the two: by which it is judged whether something has ended. Throws
    // Error(untrusted) where they are over a day apart, for then one of them could bring back what
    // has ended.
    base::Time agreed_now() const;
    // The earlier of the two: what has ended by one clock alone is still shown, and taken back.
    base::Time earlier_now() const;

    const account::Keyring& keyring() const { return keyring_; }
    // The heads of a dossier that must lie on its chain: the keyring's and this device's own, with
    // what another program has noted here by now. To be asked before the chain is.
    std::vector<account::SeenHead> seen(const statement::DossierId& dossier) const;
    // Whether this device has seen an end of this dossier's chain itself.
    bool has_seen(const statement::DossierId& dossier) const {
        return seen_here_.of(dossier).has_value();
    }
    // Remembers a head that was verified, or made, here, unless a longer chain was seen meanwhile.
    // REQUIRES: the dossier is pinned.
    void saw(const statement::DossierId& dossier, const account::SeenHead& head);
    // On this device alone, where that takes no request. Throws Error(forged) if another program
    // has noted a head of another chain here meanwhile, as far as `is_on_chain` tells: where it is
    // null, only what this program has noted lies on the head's.
    void saw_here(const statement::DossierId& dossier, const account::SeenHead& head,
                  const IsOnChain& is_on_chain = nullptr);
    // Changes the keyring and writes it to the server: if another device was first, merges and
    // writes again. Throws Error(conflict) after ten tries.
    void change_keyring(const std::function<void(account::Keyring&)>& change);
    // Takes over what the server has accepted as this account's new credentials.
    void replaced(const api::CredentialsRequest& request);
    // Adds to the notices.
    void note(Notice notice);
    // Unless there is one of this kind.
    void note_once(Notice notice);

  private:
    Client(const Environment& environment, std::string server, account::AccountSecret secret);

    void start(std::unique_ptr<api::Service> service, api::LoginReply reply);
    bool is_new_here() const;
    void read_clock();
    // Returns the digest of what was read, for `remember`.
    crypto::Digest read_keyring();
    account::SeenCredentials check_credentials() const;
    void require_own_handle(const statement::Handle& handle) const;
    void require_not_older(const account::SeenCredentials& credentials) const;
    void note_changes(const account::SeenCredentials& credentials);
    bool is_at_home() const;
    void remember(const crypto::Digest& sealed);

    Environment environment_;
    std::string server_;
    account::AccountSecret secret_;
    crypto::Ed25519Signer signer_;
    crypto::X25519Secret identity_;
    statement::Card card_;
    statement::Fingerprint me_;
    std::unique_ptr<api::Service> service_;
    std::optional<api::SessionToken> session_;
    std::optional<api::AccountReply> account_;
    account::Keyring keyring_;
    std::uint64_t revision_ = 0;
    // What this program has found on a chain; what another notes meanwhile is in the folder alone.
    SeenHeads seen_here_;
    std::chrono::seconds clock_offset_{0};
    std::vector<Notice> notices_;
};

// What the server says of itself. Throws Error(malformed, "other-format") if it is of another
// format than this program: nothing is negotiated (attack 4).
api::Status read_status(api::Service& service);

// Answers a fresh challenge of `service` at `origin` as `who`.
api::LoginReply log_in(api::Service& service, const std::string& origin,
                       const statement::LoginName& who, const crypto::Ed25519Signer& signer);

}  // namespace kluis::client
