#include <kluis/base/encoding.hpp>

#include <client/client.hpp>

namespace kluis::client {

namespace {

using base::Error;
using base::ErrorKind;

constexpr std::chrono::seconds kClockTolerance{60};
constexpr std::chrono::seconds kClocksAgree{86'400};
constexpr int kKeyringTries = 10;

api::LoginReply log_in_by_card(api::Service& service, const LocalAccount& local,
                               const crypto::Ed25519Signer& signer) {
    try {
        return log_in(service, local.server, local.fingerprint, signer);
    } catch (const Error& error) {
        if (local.unconfirmed && error.kind() == ErrorKind::denied) {
            throw Error(ErrorKind::not_found,
                        "the account that was begun on this device never reached the server",
                        "make it anew with `kluis account create`");
        }
        throw;
    }
}

}  // namespace

api::Status read_status(api::Service& service) {
    auto status = service.status();
    if (status.format != api::kFormat) {
        throw Error(ErrorKind::malformed,
                    "the server is of format " + std::to_string(status.format) +
                        ", and this program is of format " + std::to_string(api::kFormat),
                    "use the release of kluis that fits the server")
            .with_code("other-format");
    }
    return status;
}

api::LoginReply log_in(api::Service& service, const std::string& origin,
                       const statement::LoginName& who, const crypto::Ed25519Signer& signer) {
    const statement::Login login{origin, service.challenge(), who};
    return service.login(statement::sign_login(login, signer));
}

Client::Client(const Environment& environment, std::string server, account::AccountSecret secret)
    : environment_(environment),
      server_(std::move(server)),
      secret_(std::move(secret)),
      signer_(account::signer(secret_)),
      identity_(account::x25519_secret(secret_)),
      card_(account::card(secret_)),
      me_(statement::fingerprint(card_)) {}

Client::Client(Client&&) noexcept = default;

Client::~Client() {
    if (service_ && session_) {
        try {
            service_->logout(*session_);
        } catch (const Error&) {
            // The session ends by itself; leaving must never fail.
            session_.reset();
        }
    }
}

Client Client::open(const Environment& environment, const account::Passphrase& passphrase) {
    auto local = environment.home.account();
    if (!local) {
        throw Error(ErrorKind::not_found, "there is no account on this device",
                    "make one with `kluis account create`, or bring one back with "
                    "`kluis account recover`");
    }
    const auto unlocking = account::unlock(passphrase, local->handle);
    auto service = environment.connector(local->server);
    // The copy on this device opens before anything is sent, so that a wrong passphrase is known
    // without asking the server. If the passphrase was replaced on another device, only the
    // server's copy opens.
    std::optional<account::AccountSecret> secret;
    try {
        secret = account::open_secret(local->sealed_secret, unlocking.wrapping, local->fingerprint);
    } catch (const Error& error) {
        if (error.kind() != ErrorKind::wrong_key) {
            throw;
        }
    }
    std::optional<api::LoginReply> reply;
    try {
        reply = log_in(*service, local->server, local->handle, unlocking.login);
    } catch (const Error& error) {
        // Others may have used up the tries of the handle; the card's key is never kept waiting.
        const bool throttled = error.code() == "too-many-requests";
        if (error.kind() != ErrorKind::denied && !(throttled && secret)) {
            throw;
        }
        if (!secret) {
            throw Error(ErrorKind::wrong_key, "this passphrase does not open the account",
                        "check each of the seven words; if they are lost, use the recovery sheet "
                        "with `kluis account recover`");
        }
        reply = log_in_by_card(*service, *local, account::signer(*secret));
    }
    if (!reply->account || reply->card != local->fingerprint) {
        throw Error(ErrorKind::forged, "the server opened another account than this device's");
    }
    if (!secret) {
        secret = account::open_secret(reply->account->sealed_secret, unlocking.wrapping,
                                      local->fingerprint);
    }
    Client client(environment, local->server, std::move(*secret));
    client.start(std::move(service), std::move(*reply));
    return client;
}

Client Client::open_by_secret(const Environment& environment, const std::string& server,
                              account::AccountSecret secret) {
    Client client(environment, server, std::move(secret));
    auto service = environment.connector(server);
    auto reply = log_in(*service, server, client.me_, client.signer_);
    client.start(std::move(service), std::move(reply));
    return client;
}

void Client::start(std::unique_ptr<api::Service> service, api::LoginReply reply) {
    service_ = std::move(service);
    session_ = std::move(reply.token);
    if (reply.card != me_) {
        throw Error(ErrorKind::forged, "the server opened a session for another card");
    }
    account_ = std::move(reply.account);
    read_clock();
    if (!account_) {
        return;
    }
    if (account_->card != card_) {
        throw Error(ErrorKind::forged, "the server shows another card for this account");
    }
    const auto credentials = check_credentials();
    if (is_at_home()) {
        seen_here_ = SeenHeads::load(environment_.home, secret_);
    }
    const auto keyring = read_keyring();
    require_not_older(credentials);
    note_changes(credentials);
    remember(keyring);
    change_keyring([&](account::Keyring& changed) {
        changed.credentials = credentials;
        remember_anchors(changed, environment_.trust);
    });
}

// The credentials that the server shows, signed by the card and about what it gave.
account::SeenCredentials Client::check_credentials() const {
    const auto credentials = statement::parse_credentials(account_->credentials);
    if (!statement::verify(account_->credentials, statement::kCredentialsType, card_.signing) ||
        credentials.fingerprint != me_ ||
        credentials.secret != crypto::sha256(account_->sealed_secret)) {
        throw Error(ErrorKind::forged,
                    "the server shows a passphrase change that this account never signed");
    }
    require_own_handle(credentials.handle);
    return {statement::payload_hash(account_->credentials), credentials.time};
}

// The handle is the salt of the passphrase: the one that the card signed counts, and it never
// changes.
void Client::require_own_handle(const statement::Handle& handle) const {
    const auto local = environment_.home.account();
    const bool same_here = !local || local->fingerprint != me_ || local->handle == handle;
    if (account_->handle != handle || !same_here) {
        throw Error(ErrorKind::forged, "the server gives this account another handle than it has",
                    "do not go on; tell who keeps the server");
    }
}

// Older credentials, signed once upon a time, would bring back a passphrase that was given up, and
// end the one that replaced it.
void Client::require_not_older(const account::SeenCredentials& credentials) const {
    const auto& last = keyring_.credentials;
    if (!last || last->hash == credentials.hash || credentials.time > last->time) {
        return;
    }
    const auto previous = statement::parse_credentials(account_->credentials).previous;
    if (previous != last->hash || credentials.time < last->time) {
        throw Error(ErrorKind::forged,
                    "the server gives back an older passphrase than this account has now",
                    "do not go on; the server may have been put back to an earlier state");
    }
}

void Client::note_changes(const account::SeenCredentials& credentials) {
    const auto& last = keyring_.credentials;
    if (is_new_here() || (last && last->hash != credentials.hash)) {
        note({Notice::Kind::credentials_changed, "the passphrase was replaced at " +
                                                     base::to_string(credentials.time) +
                                                     ", signed by this account's own key"});
    }
    if (has_older_anchors(keyring_, environment_.trust)) {
        note({Notice::Kind::old_anchors,
              "you have used a program with newer trust anchors than this one; use "
              "that one before you seal anything"});
    }
}

// Whether the sealed secret is another than the one that this device keeps: it was replaced on
// another device, whose keyring may say so already.
bool Client::is_new_here() const {
    const auto local = environment_.home.account();
    return local && local->fingerprint == me_ && local->sealed_secret != account_->sealed_secret;
}

void Client::note(Notice notice) {
    if (environment_.tell) {
        environment_.tell(notice);
    }
    notices_.push_back(std::move(notice));
}

void Client::note_once(Notice notice) {
    if (std::ranges::find(notices_, notice.kind, &Notice::kind) == notices_.end()) {
        note(std::move(notice));
    }
}

void Client::read_clock() {
    const auto status = read_status(*service_);
    const auto here = environment_.clock->now();
    const std::chrono::seconds offset(status.now.seconds - here.seconds);
    if (std::chrono::abs(offset) > kClockTolerance) {
        clock_offset_ = offset;
        note({Notice::Kind::clock_off, "this computer's clock is off; the server's time is used, " +
                                           base::to_string(status.now)});
    }
}

base::Time Client::now() const {
    return environment_.clock->now() + clock_offset_;
}

base::Time Client::agreed_now() const {
    if (std::chrono::abs(clock_offset_) > kClocksAgree) {
        throw Error(ErrorKind::untrusted,
                    "this computer's clock and the server's are more than a day apart",
                    "set this computer's clock; if it is right, tell who keeps the server");
    }
    return std::max(environment_.clock->now(), now());
}

base::Time Client::earlier_now() const {
    return std::min(environment_.clock->now(), now());
}

// Whether the account of this device is the one that is open.
bool Client::is_at_home() const {
    const auto local = environment_.home.account();
    return local && local->fingerprint == me_;
}

crypto::Digest Client::read_keyring() {
    // Before it is asked for: another process of this person may write a newer one meanwhile.
    const auto local = environment_.home.account();
    const bool at_home = local && local->fingerprint == me_;
    const std::uint64_t seen = at_home ? local->keyring_revision : 0;
    const auto reply = service_->keyring(*session_);
    const auto digest = crypto::sha256(reply.sealed);
    const bool another =
        at_home && reply.revision == seen && seen > 0 && local->keyring_sha256 != digest;
    if (reply.revision < std::max(seen, revision_) || another) {
        throw Error(ErrorKind::forged,
                    "the server gives back an older keyring than this device has seen",
                    "do not go on; the server may have been put back to an earlier state");
    }
    keyring_ = reply.revision == 0 ? account::Keyring{}
                                   : account::open_keyring(reply.sealed, secret_, reply.revision);
    seen_here_.require_one_chain(keyring_);
    revision_ = reply.revision;
    return digest;
}

// Notes on this device which keyring it has seen: the one of `revision_`, whose digest is `sealed`.
void Client::remember(const crypto::Digest& sealed) {
    const auto digest = revision_ == 0 ? std::nullopt : std::optional(sealed);
    // Another process of this person may be further, but one number is one keyring: else the server
    // hides from each what the other changed.
    const auto is_behind = [&](const std::optional<LocalAccount>& local) {
        if (!account_ || !local || local->fingerprint != me_ ||
            local->keyring_revision > revision_) {
            return false;
        }
        if (local->keyring_revision < revision_) {
            return true;
        }
        if (local->keyring_sha256 != digest) {
            throw Error(ErrorKind::forged,
                        "the server has two different keyrings of yours under one number",
                        "do not go on; what one of them has may be missing in the other");
        }
        return local->unconfirmed || local->sealed_secret != account_->sealed_secret;
    };
    if (!is_behind(environment_.home.account())) {
        return;
    }
    const auto lock = environment_.home.lock();
    auto local = environment_.home.account();
    if (!is_behind(local)) {
        return;
    }
    local->keyring_revision = revision_;
    local->keyring_sha256 = digest;
    local->sealed_secret = account_->sealed_secret;
    local->unconfirmed = false;
    environment_.home.save(*local);
}

void Client::replaced(const api::CredentialsRequest& request) {
    account_->credentials = request.credentials;
    account_->sealed_secret = request.sealed_secret;
    // Noted, so that no server can pass off the old ones as this account's again.
    change_keyring([&](account::Keyring& keyring) {
        keyring.credentials = {statement::payload_hash(request.credentials),
                               statement::parse_credentials(request.credentials).time};
    });
}

std::vector<account::SeenHead> Client::seen(const statement::DossierId& dossier) const {
    const auto pinned = keyring_.dossiers.find(dossier);
    const auto noted = pinned == keyring_.dossiers.end() ? std::nullopt : pinned->second.seen;
    const auto kept = is_at_home() ? SeenHeads::load(environment_.home, secret_) : SeenHeads();
    std::vector<account::SeenHead> heads;
    for (const auto& head : {noted, seen_here_.of(dossier), kept.of(dossier)}) {
        if (head) {
            heads.push_back(*head);
        }
    }
    return heads;
}

void Client::saw_here(const statement::DossierId& dossier, const account::SeenHead& head,
                      const IsOnChain& is_on_chain) {
    const auto last = seen_here_.of(dossier);
    if (!is_at_home() || last == head) {
        return;
    }
    const IsOnChain follows = [&](const account::SeenHead& earlier) {
        return earlier == last || (is_on_chain && is_on_chain(earlier));
    };
    SeenHeads::note(environment_.home, secret_, dossier, head, follows);
    seen_here_.add(dossier, head, follows);
}

void Client::saw(const statement::DossierId& dossier, const account::SeenHead& head) {
    saw_here(dossier, head);
    change_keyring([&](account::Keyring& keyring) {
        auto& seen = keyring.dossiers.at(dossier).seen;
        if (!seen || seen->length < head.length) {
            seen = head;
        }
    });
}

void Client::change_keyring(const std::function<void(account::Keyring&)>& change) {
    const auto common = keyring_;
    auto ours = keyring_;
    change(ours);
    if (ours == common) {
        return;
    }
    auto base_keyring = common;
    for (int tries = 0; tries < kKeyringTries; ++tries) {
        try {
            const auto next = revision_ + 1;
            const auto sealed = account::seal_keyring(ours, secret_, next);
            const auto written = service_->put_keyring(*session_, revision_, sealed);
            if (written != next) {
                throw Error(ErrorKind::forged, "the server numbered the keyring wrongly");
            }
            keyring_ = std::move(ours);
            revision_ = next;
            remember(crypto::sha256(sealed));
            return;
        } catch (const Error& error) {
            if (error.code() != "keyring-changed") {
                throw;
            }
        }
        remember(read_keyring());
        ours = account::merge(base_keyring, ours, keyring_);
        base_keyring = keyring_;
    }
    throw Error(ErrorKind::conflict, "the keyring is being changed elsewhere all the time",
                "try again in a moment");
}

}  // namespace kluis::client
