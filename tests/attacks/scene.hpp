// A client before a hostile server: people with accounts, made without a passphrase (Argon2id takes
// its time), each with a folder of their own.
#pragma once

#include <client/card_source.hpp>
#include <client/deposit.hpp>
#include <client/fetch.hpp>
#include <client/library.hpp>
#include <client/owner_acts.hpp>
#include <client/ownership.hpp>
#include <client/share.hpp>
#include <support/hostile_service.hpp>
#include <support/temporary_folder.hpp>
#include <unit/server/vault.hpp>

namespace kluis::test {

inline constexpr const char* kJurisdiction = "nl-commissie-2025";

class Scene {
  public:
    explicit Scene(server::VaultRules rules = {}) : vault(std::move(rules)) {}

    client::Environment environment(const std::string& name) {
        return {client::Home(folder / name),
                [this](const std::string&) { return server.connect(); }, trust, &vault.clock};
    }

    static account::AccountSecret secret(const std::string& name) {
        return account::AccountSecret::copy_of(
            crypto::sha256(base::as_bytes("the secret of " + name)));
    }
    static statement::Card card(const std::string& name) { return account::card(secret(name)); }
    static statement::Fingerprint fingerprint(const std::string& name) {
        return statement::fingerprint(card(name));
    }

    // Registers an account for `name`. Its device knows of it.
    void join(const std::string& name) {
        const base::Bytes sealed(72, 1);
        const auto handle = statement::random_handle();
        const auto login = crypto::Ed25519Signer(crypto::random_secret<crypto::Ed25519Seed>());
        const statement::Credentials credentials{fingerprint(name),  handle,
                                                 login.public_key(), crypto::sha256(sealed),
                                                 vault.clock.now(),  std::nullopt};
        vault.service.register_account(
            {vault.invitation(), card(name),
             statement::sign_credentials(credentials, account::signer(secret(name))), sealed});
        client::Home(folder / name).save({kOrigin, handle, fingerprint(name), sealed, 0, {}});
    }

    client::Client open(const std::string& name) {
        return client::Client::open_by_secret(environment(name), kOrigin, secret(name));
    }
    client::Client join_and_open(const std::string& name) {
        join(name);
        return open(name);
    }

    static void pin(client::Client& client, const std::string& name) {
        client.change_keyring([&](account::Keyring& keyring) {
            keyring.cards[fingerprint(name)] = {card(name), name, true};
        });
    }

    static client::DepositItem item(const std::string& title, const std::string& content) {
        client::DepositItem item;
        item.file = title + ".txt";
        item.content = base::to_bytes(content);
        item.metadata.title = title;
        return item;
    }

    static statement::DocumentId deposit(client::Client& client, const statement::DossierId& id,
                                         const std::string& title,
                                         const std::string& content = "what happened") {
        const auto result = client::deposit(client, id, {item(title, content)}, {});
        if (result.outcomes.at(0).error) throw *result.outcomes[0].error;
        return result.outcomes[0].deposited->document;
    }

    static std::vector<std::string> alarms(const std::vector<client::Alarm>& alarms) {
        std::vector<std::string> texts;
        for (const auto& alarm : alarms)
            texts.push_back(alarm.text);
        return texts;
    }

    TestVault vault;
    HostileServer server{vault.service};
    TemporaryFolder folder;
    client::Trust trust;
};

// An owner with a dossier in which a letter and a photo are.
class OwnerScene : public Scene {
  public:
    explicit OwnerScene(server::VaultRules rules = {})
        : Scene(std::move(rules)),
          owner(join_and_open("owner")),
          id(client::create_dossier(owner, kJurisdiction, "mine")),
          letter(deposit(owner, id, "letter")),
          photo(deposit(owner, id, "photo", "what was seen")) {}

    // All records of a true view.
    std::vector<api::ViewRecord> true_view(client::Client& as, api::ViewAs role) {
        std::vector<api::ViewRecord> records;
        vault.service.dossier(as.session(), id, role, 0,
                              [&](api::ViewRecord next) { records.push_back(std::move(next)); });
        return records;
    }

    client::Client owner;
    statement::DossierId id;
    statement::DocumentId letter;
    statement::DocumentId photo;
};

}  // namespace kluis::test
