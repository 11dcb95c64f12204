// The embedded Store: one SQLCipher database in WAL mode, and a BlobStore for large payloads.
//
// One thread writes, with a commit for all who wait (writer.hpp); readers have connections of their
// own. Several programs may have the database open at the same time.
//
// Thread-safety: as Store.
#pragma once

#include <store/sqlcipher/database.hpp>
#include <store/store.hpp>

#include <filesystem>

namespace kluis::store {

class SqlcipherStore final : public Store {
  public:
    // Makes an empty database (0600) under this name at once, or not at all; what was begun is left
    // as `file`.new, and begun anew. Throws Error(conflict) if there is such a file.
    static void make(const std::filesystem::path& file, const DatabaseKey& key);

    // Opens a database that `make` has made. `blobs` must outlive this. Throws Error(wrong_key),
    // Error(storage) if there is none, and Error(malformed) on one that is empty, not ours, or of
    // another version.
    SqlcipherStore(const std::filesystem::path& file, const DatabaseKey& key, BlobStore& blobs);
    ~SqlcipherStore() override;

    void add_invitation(const Digest& code, std::uint32_t may_invite, Time expires) override;
    bool spend_invite(const Fingerprint& card, const Digest& code, std::uint32_t may_invite,
                      Time expires) override;
    Registered register_account(const Digest& code, const Account& account, Time now) override;
    std::optional<Account> account(const Handle& handle) const override;
    std::optional<Account> account(const Fingerprint& card) const override;
    std::optional<LoginKeys> login_keys(const statement::LoginName& who) const override;
    bool replace_credentials(const Fingerprint& card, const Digest& replaces,
                             const Account& changed, const Digest& session) override;
    KeyringCopy keyring(const Fingerprint& card) const override;
    bool put_keyring(const Fingerprint& card, std::uint64_t replaces, const Bytes& sealed) override;
    void add_session(const Digest& token, const Session& session) override;
    std::optional<Session> session(const Digest& token, Time now) const override;
    void drop_session(const Digest& token) override;
    std::optional<Card> card(const Fingerprint& fingerprint) const override;
    bool allowed_somewhere(const Fingerprint& card, Time now) const override;

    bool stage(const std::vector<Staged>& payloads, const StageRules& rules) override;
    bool stage_member(const DossierId& dossier, const BundleId& bundle, Member member,
                      const StoredPayload& payload, Time now, const StageRules& rules) override;
    StagedTotals staged(const DossierId& dossier, const Fingerprint& by) const override;
    SubmitResult submit(const std::vector<Submission>& run, const SubmitRules& rules) override;
    std::vector<DossierSummary> dossiers(const Fingerprint& card, Time now) const override;
    std::optional<DossierSummary> dossier(const DossierId& id, const Viewer& viewer,
                                          Time now) const override;
    std::optional<Envelope> erasure(const DossierId& id, const Fingerprint& card,
                                    Time now) const override;
    std::vector<PlacedStatement> statements(const DossierId& id, const Viewer& viewer,
                                            std::uint64_t from, std::size_t limit,
                                            Time now) const override;
    Digest shown(const DossierId& id, const Fingerprint& grantee, Time now) const override;
    std::vector<Card> cards(const DossierId& id, const Viewer& viewer, Time now) const override;
    std::vector<DocumentRow> documents(const DossierId& id, const Viewer& viewer,
                                       std::uint64_t from, const std::optional<DocumentId>& after,
                                       std::size_t limit, Time now) const override;
    std::optional<std::pair<Bytes, StoredPayload>> payload(const DossierId& id,
                                                           const Viewer& viewer,
                                                           const DocumentId& document, Role role,
                                                           Time now) const override;
    std::optional<Card> owner_card(const DossierId& id) const override;
    bool add_reads(const DossierId& id, const Fingerprint& owner, Time at,
                   const std::vector<Bytes>& sealed) override;
    std::vector<StoredRead> reads(const DossierId& id, std::uint64_t from,
                                  std::size_t limit) const override;
    std::optional<StoredBundle> bundle(const DossierId& dossier, const BundleId& bundle,
                                       const Fingerprint& owner, Time now) const override;
    StoredPayload sealed_payload(const DossierId& dossier, const DocumentId& document, Role role,
                                 const Digest& sha256) const override;
    std::uint64_t expire(Time now) override;
    CheckReport check(bool deep) override;

  private:
    struct Parts;

    std::unique_ptr<Parts> parts_;
};

}  // namespace kluis::store
