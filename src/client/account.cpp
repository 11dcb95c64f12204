#include <kluis/crypto/random.hpp>

#include <client/account.hpp>
#include <client/owner_view.hpp>

namespace kluis::client {

namespace {

using base::Error;
using base::ErrorKind;

constexpr int kHandleTries = 5;

// Credentials for `handle` and `passphrase`, and the secret sealed under them.
api::CredentialsRequest make_credentials(const account::AccountSecret& secret,
                                         const account::Passphrase& passphrase,
                                         const statement::Handle& handle, base::Time time,
                                         const statement::Envelope* current) {
    const auto unlocking = account::unlock(passphrase, handle);
    api::CredentialsRequest request;
    request.sealed_secret = account::seal_secret(secret, unlocking.wrapping);
    statement::Credentials credentials;
    credentials.fingerprint = statement::fingerprint(account::card(secret));
    credentials.handle = handle;
    credentials.login = unlocking.login.public_key();
    credentials.secret = crypto::sha256(request.sealed_secret);
    credentials.time = time;
    if (current != nullptr) {
        credentials.previous = statement::payload_hash(*current);
        credentials.time = std::max(time, statement::parse_credentials(*current).time);
    }
    request.credentials = statement::sign_credentials(credentials, account::signer(secret));
    return request;
}

void require_no_other_account(const Home& home, const statement::Fingerprint* allowed) {
    const auto local = home.account();
    if (local && !local->unconfirmed && (allowed == nullptr || local->fingerprint != *allowed)) {
        throw Error(ErrorKind::conflict, "this device has an account already",
                    "set KLUIS_HOME to another folder for another person");
    }
}

void put_back(const Home& home, const std::optional<LocalAccount>& before) {
    if (before) {
        home.save(*before);
    } else {
        home.remove_account();
    }
}

// Under a handle that is free, of some that are tried. REQUIRES: the lock of `home`.
void register_account(const Home& home, api::Service& service, LocalAccount local,
                      const account::AccountSecret& secret, const api::InvitationCode& invitation,
                      const account::Passphrase& passphrase) {
    const auto before = home.account();
    const auto now = read_status(service).now;
    for (int tries = 1;; ++tries) {
        local.handle = statement::random_handle();
        auto credentials = make_credentials(secret, passphrase, local.handle, now, nullptr);
        local.sealed_secret = credentials.sealed_secret;
        // Before the invitation is spent: nobody has the handle and the secret but this device.
        home.save(local);
        try {
            service.register_account({api::InvitationCode::copy_of(invitation.view()),
                                      account::card(secret), std::move(credentials.credentials),
                                      std::move(credentials.sealed_secret)});
            return;
        } catch (const Error& error) {
            if (error.code() == "handle-taken" && tries < kHandleTries) {
                continue;
            }
            if (is_refusal(error)) {
                put_back(home, before);
            }
            throw;
        }
    }
}

// Fetches the own dossiers once: a device without a memory notes what it was given of each.
void look_at_dossiers(Client& client) {
    for (const auto& dossier : client.service().dossiers(client.session())) {
        if (std::ranges::find(dossier.as, api::ViewAs::owner) == dossier.as.end() ||
            !client.keyring().dossiers.contains(dossier.id)) {
            continue;
        }
        try {
            OwnerView::fetch(client, dossier.id);
        } catch (const Error& error) {
            // The account is back all the same; opening the dossier will say it again.
            client.note({Notice::Kind::new_device,
                         "dossier " + statement::to_text(dossier.id) + ": " + error.what()});
        }
    }
}

}  // namespace

void require_no_account(const Home& home) {
    require_no_other_account(home, nullptr);
}

bool is_refusal(const Error& error) {
    switch (error.kind()) {
        case ErrorKind::untrusted:
            // The certificate may have changed after an answer on an earlier connection.
            return error.code() != "server-certificate";
        case ErrorKind::usage:
        case ErrorKind::denied:
        case ErrorKind::not_found:
        case ErrorKind::conflict:
        case ErrorKind::limit:
            return true;
        default:
            return false;
    }
}

Client create_account(const Environment& environment, const std::string& server,
                      const api::InvitationCode& invitation,
                      const account::Passphrase& passphrase) {
    const auto secret = crypto::random_secret<account::AccountSecret>();
    LocalAccount local;
    local.server = server;
    local.fingerprint = statement::fingerprint(account::card(secret));
    local.unconfirmed = true;
    {
        // No other process may make an account in this folder meanwhile.
        const auto lock = environment.home.lock();
        require_no_account(environment.home);
        register_account(environment.home, *environment.connector(server), std::move(local), secret,
                         invitation, passphrase);
    }
    return Client::open(environment, passphrase);
}

Client recover_account(const Environment& environment, const std::string& server,
                       account::AccountSecret secret, const account::Passphrase& passphrase) {
    const auto fingerprint = statement::fingerprint(account::card(secret));
    require_no_other_account(environment.home, &fingerprint);
    const auto signing_secret = secret.duplicate();
    auto client = Client::open_by_secret(environment, server, std::move(secret));
    if (!client.account()) {
        throw Error(ErrorKind::not_found, "this server has no account for these recovery words");
    }
    const auto handle = client.account()->handle;
    const auto request = make_credentials(signing_secret, passphrase, handle, client.now(),
                                          &client.account()->credentials);
    // Until it is written: another process may note a newer keyring meanwhile.
    auto lock = environment.home.lock();
    require_no_other_account(environment.home, &fingerprint);
    auto local = environment.home.account().value_or(LocalAccount{});
    if (local.fingerprint != fingerprint) {
        local = {};
    }
    local.unconfirmed = false;
    local.server = server;
    local.handle = handle;
    local.fingerprint = fingerprint;
    local.sealed_secret = request.sealed_secret;
    const auto file = environment.home.prepare(local);
    client.service().replace_credentials(client.session(), request);
    // First of all: from here on the new passphrase is the one that counts.
    file->commit();
    lock = {};
    client.replaced(request);
    auto recovered = Client::open(environment, passphrase);
    look_at_dossiers(recovered);
    return recovered;
}

}  // namespace kluis::client
