// A service over a store in memory, with people who use it.
#pragma once

#include <kluis/age/seal/header.hpp>
#include <kluis/crypto/random.hpp>
#include <kluis/statement/consent.hpp>

#include <server/vault_service.hpp>
#include <store/memory/memory_blob_store.hpp>
#include <store/memory/memory_store.hpp>
#include <support/person.hpp>
#include <support/refusal.hpp>

namespace kluis::test {

inline const std::string kOrigin = "http://127.0.0.1:8470";

class TestClock final : public base::Clock {
  public:
    base::Time now() const override { return now_; }
    void pass(std::chrono::seconds time) { now_ = now_ + time; }

  private:
    base::Time now_{1'800'000'000};
};

// The code of the error that `call` throws; empty if it throws none, the kind if it has no code.
template <class Call>
std::string code_of(Call call) {
    const auto error = refusal(call);
    if (!error) return {};
    return error->code().empty() ? base::name(error->kind()) : error->code();
}

inline base::Bytes header_for(const statement::Card& card) {
    const auto key = crypto::random_secret<age::FileKey>();
    return age::make_header(key, age::X25519Recipient(card.recipient));
}

inline statement::Payload payload_of(const base::Bytes& bytes) {
    return {crypto::sha256(bytes), bytes.size()};
}

// The next statements of one dossier.
class Author {
  public:
    explicit Author(const base::Clock& clock) : clock_(&clock) {}

    api::Submission create(const Person& owner) {
        return sign(owner, statement::DossierCreate{owner.card(), "nl-commissie-2025"}, {});
    }

    api::Submission sign(const Person& actor, const statement::Act& act,
                         std::vector<api::DocumentHeader> headers) {
        statement::Statement said;
        said.actor = actor.fingerprint();
        said.time = clock_->now();
        said.salt = crypto::random_value<statement::Salt>();
        said.act = act;
        if (id) {
            said.dossier = id;
            said.previous = head;
        }
        const statement::Signed signed_statement = statement::sign(said, actor.signer());
        if (!id) id = statement::dossier_id(signed_statement);
        head = signed_statement.hash;
        return {signed_statement.envelope, std::move(headers)};
    }

    std::optional<statement::DossierId> id;
    std::optional<statement::Digest> head;

  private:
    const base::Clock* clock_;
};

class TestVault {
  public:
    explicit TestVault(server::VaultRules rules = {})
        : service(store, blobs, with_origin(std::move(rules)), clock) {}

    api::InvitationCode invitation(std::uint32_t may_invite = 0) {
        auto code = crypto::random_secret<api::InvitationCode>();
        store.add_invitation(crypto::sha256(code.view()), may_invite,
                             clock.now() + std::chrono::hours(24));
        return code;
    }

    // A first registration of `person`, whose login key is that of `login`.
    api::RegisterRequest registration(const Person& person, const statement::Handle& handle,
                                      api::InvitationCode code) const {
        const base::Bytes secret(72, 1);
        const statement::Credentials credentials{
            person.fingerprint(),   handle,      login_key(person).public_key(),
            crypto::sha256(secret), clock.now(), std::nullopt};
        return {std::move(code), person.card(),
                statement::sign_credentials(credentials, person.signer()), secret};
    }

    static crypto::Ed25519Signer login_key(const Person& person) {
        return crypto::Ed25519Signer(crypto::Ed25519Seed::copy_of(
            crypto::sha256({person.fingerprint().view(), base::as_bytes("login")})));
    }

    // Makes an account for `person` and logs in by its card.
    api::SessionToken join(const Person& person, std::uint32_t may_invite = 0) {
        service.register_account(
            registration(person, statement::random_handle(), invitation(may_invite)));
        return log_in(person);
    }

    api::SessionToken log_in(const Person& person) {
        return service.login(login(person.fingerprint(), person.signer())).token;
    }

    api::Envelope login(const statement::LoginName& who, const crypto::Ed25519Signer& signer,
                        const std::string& origin = kOrigin) {
        return statement::sign_login({origin, service.challenge(), who}, signer);
    }

    void put(const api::SessionToken& session, const api::PayloadTarget& target,
             const base::Bytes& bytes) {
        const auto upload = service.put_payload(session, target, bytes.size());
        upload->write(bytes);
        upload->finish();
    }

    // Uploads a document's payloads and returns its deposit.
    api::Submission deposit(const api::SessionToken& session, const Person& actor, Author& author,
                            const Person& owner, const statement::DocumentId& id,
                            const base::Bytes& content) {
        put(session, {*author.id, id, api::Role::content}, content);
        put(session, {*author.id, id, api::Role::metadata}, metadata_of(id));
        return signed_deposit(actor, author, owner, id, content);
    }

    static base::Bytes metadata_of(const statement::DocumentId& id) {
        return base::to_bytes("metadata of " + statement::to_text(id));
    }

    // The deposit of payloads that were uploaded, or not.
    api::Submission signed_deposit(const Person& actor, Author& author, const Person& owner,
                                   const statement::DocumentId& id, const base::Bytes& content) {
        const base::Bytes header = header_for(owner.card());
        statement::DocumentDeposit act;
        act.document = id;
        act.payloads[api::Role::content] = payload_of(content);
        act.payloads[api::Role::metadata] = payload_of(metadata_of(id));
        act.commitment = crypto::random_value<statement::Commitment>();
        act.header = crypto::sha256(header);
        return author.sign(actor, act, {{id, header}});
    }

    store::MemoryBlobStore blobs;
    store::MemoryStore store{blobs};
    TestClock clock;
    server::VaultService service;

  private:
    static server::VaultRules with_origin(server::VaultRules rules) {
        rules.origin = kOrigin;
        return rules;
    }
};

// An owner with a dossier, and one document in it.
class TestDossier {
  public:
    explicit TestDossier(TestVault& the_vault, const std::string& name = "owner")
        : vault(the_vault), owner(name), session(vault.join(owner)), author(vault.clock) {
        vault.service.submit(session, std::nullopt, {author.create(owner)});
    }

    const statement::DossierId& id() const { return *author.id; }

    statement::DocumentId add(const base::Bytes& content) {
        return add(content, crypto::random_value<statement::DocumentId>());
    }

    statement::DocumentId add(const base::Bytes& content, const statement::DocumentId& document) {
        const auto deposit = vault.deposit(session, owner, author, owner, document, content);
        deposits[document] = statement::payload_hash(deposit.envelope);
        vault.service.submit(session, id(), {deposit});
        return document;
    }

    api::SubmitReply act(const statement::Act& what,
                         std::vector<api::DocumentHeader> headers = {}) {
        return vault.service.submit(session, id(), {author.sign(owner, what, std::move(headers))});
    }

    // Whose header is returned.
    base::Bytes grant(const Person& grantee, const statement::DocumentId& document,
                      std::optional<base::Time> expires = std::nullopt) {
        const base::Bytes header = header_for(grantee.card());
        statement::GrantCreate grant;
        grant.grantee = grantee.fingerprint();
        grant.expires = expires;
        grant.documents = {{document, deposits.at(document), std::nullopt, crypto::sha256(header)}};
        act(grant, {{document, header}});
        return header;
    }

    // Hands the dossier over, with headers for all documents that were added.
    void transfer(const Person& heir) {
        const statement::Consent consent{id(), owner.fingerprint(), heir.fingerprint(),
                                         crypto::random_value<statement::Salt>()};
        std::vector<api::DocumentHeader> headers;
        std::map<statement::DocumentId, statement::Digest> list;
        for (const auto& [document, deposit] : deposits) {
            headers.push_back({document, header_for(heir.card())});
            list[document] = crypto::sha256(headers.back().header);
        }
        act(statement::DossierTransfer{heir.card(), statement::sign_consent(consent, heir.signer()),
                                       statement::header_list_digest(list)},
            std::move(headers));
    }

    // The owner's record of reads, from a place on.
    std::vector<base::Bytes> reads(std::uint64_t from = 0) { return reads_by(session, from); }
    std::vector<base::Bytes> reads_by(const api::SessionToken& reader, std::uint64_t from = 0) {
        std::vector<base::Bytes> entries;
        vault.service.reads(reader, id(), from, [&](api::ReadEntry entry) {
            entries.push_back(std::move(entry.sealed));
        });
        return entries;
    }

    TestVault& vault;
    Person owner;
    api::SessionToken session;
    Author author;
    std::map<statement::DocumentId, statement::Digest> deposits;
};

inline std::vector<api::ViewRecord> view(TestVault& vault, const api::SessionToken& session,
                                         const api::DossierId& id, api::ViewAs as) {
    std::vector<api::ViewRecord> records;
    vault.service.dossier(session, id, as, 0,
                          [&](api::ViewRecord record) { records.push_back(std::move(record)); });
    return records;
}

inline base::Bytes read(api::Download download) {
    return base::read_all(*download.body, 64 * 1024 * 1024, "download");
}

}  // namespace kluis::test
