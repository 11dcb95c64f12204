// The service over a store: who may do what with a session, and what they are told. Rights over a
// dossier are chain's; this decides who may ask.
//
// What there is not and what the asker may not know of get the same answer (unknown()). No address
// is seen here, and nothing about people is logged.
//
// Thread-safety: all operations. Uploads, downloads and views are used by one thread at a time and
// must not outlive the service.
#pragma once

#include <kluis/statement/card_set.hpp>

#include <api/service.hpp>
#include <server/challenges.hpp>
#include <server/quota.hpp>
#include <server/read_record.hpp>
#include <server/throttle.hpp>
#include <store/store.hpp>

#include <deque>
#include <mutex>

namespace kluis::server {

struct VaultRules {
    std::string origin;  // what a login must name
    std::chrono::seconds session{12 * 3600};
    std::chrono::seconds invitation{30 * 86'400};
    // Of one card: uploads and downloads under way, and bytes of memory that its gathered bodies
    // take (kJsonBodyCost).
    std::uint64_t uploads_at_once = 64;
    std::uint64_t downloads_at_once = 64;
    std::uint64_t gathered_at_once = 128 * 1024 * 1024;
    // That memory, of all cards that have an account, and as much again of all that have none: of
    // those one account can allow any number, and they must not keep the others out.
    std::uint64_t gathered_in_all = 512 * 1024 * 1024;
    store::StageRules staging;
    std::uint64_t dossiers_per_owner = 1000;
    std::uint64_t deposits_per_hour = 20'000;  // by one depositor who is not the owner
    // Failed logins by one handle: so many at once, then one more each so often. A card's key
    // cannot be guessed, and whoever knows a fingerprint must not keep its holder out.
    Throttle::Rate failed_logins{20, std::chrono::seconds(30)};
    // Registrations by one invitation whose handle or card is taken.
    Throttle::Rate taken_names{10, std::chrono::hours(24)};
    std::vector<statement::CardSet> card_sets;  // empty: seals are not held against any
};

// A gathered body of at most so many bytes does not count in all: connections bound their number,
// and whoever has taken all the memory for long ones cannot keep ordinary acts out.
inline constexpr std::uint64_t kShortBody = 64 * 1024;

// What is pulled item by item; nothing after the end.
template <class Item>
class Source {
  public:
    virtual ~Source() = default;
    virtual std::optional<Item> next() = 0;
};
using ViewSource = Source<api::ViewRecord>;
using ReadsSource = Source<api::ReadLine>;

class VaultService final : public api::Service {
  public:
    // All must outlive this.
    VaultService(store::Store& store, store::BlobStore& blobs, VaultRules rules,
                 const base::Clock& clock);

    // Sets the origin, where it is known only once a port is had. REQUIRES: before all other calls.
    void serve_as(std::string origin) { rules_.origin = std::move(origin); }

    api::Status status() override;
    statement::Challenge challenge() override;
    void register_account(const api::RegisterRequest& request) override;
    api::LoginReply login(const api::Envelope& login) override;
    void logout(const api::SessionToken& session) override;
    api::AccountReply account(const api::SessionToken& session) override;
    void replace_credentials(const api::SessionToken& session,
                             const api::CredentialsRequest& request) override;
    api::KeyringReply keyring(const api::SessionToken& session) override;
    std::uint64_t put_keyring(const api::SessionToken& session, std::uint64_t replaces,
                              const api::Bytes& sealed) override;
    void invite(const api::SessionToken& session, const api::InviteRequest& request) override;
    api::Card card(const api::SessionToken& session, const api::Fingerprint& fingerprint) override;

    std::vector<api::DossierReply> dossiers(const api::SessionToken& session) override;
    void dossier(const api::SessionToken& session, const api::DossierId& id, api::ViewAs as,
                 std::uint64_t from, const std::function<void(api::ViewRecord)>& record) override;
    api::SubmitReply submit(const api::SessionToken& session,
                            const std::optional<api::DossierId>& dossier,
                            const std::vector<api::Submission>& run) override;

    void put_payloads(const api::SessionToken& session, const api::DossierId& dossier,
                      const std::vector<api::SmallPayload>& payloads) override;
    std::unique_ptr<api::Upload> put_payload(const api::SessionToken& session,
                                             const api::PayloadTarget& target,
                                             std::uint64_t size) override;
    api::Download document(const api::SessionToken& session, const api::PayloadTarget& target,
                           api::ViewAs as, const std::optional<api::ByteRange>& range) override;
    void reads(const api::SessionToken& session, const api::DossierId& id, std::uint64_t from,
               const std::function<void(api::ReadEntry)>& entry) override;
    std::unique_ptr<api::Upload> put_member(const api::SessionToken& session,
                                            const api::DossierId& dossier,
                                            const api::BundleId& bundle, api::Member member,
                                            std::uint64_t size) override;
    api::Download bundle(const api::SessionToken& session, const api::DossierId& dossier,
                         const api::BundleId& bundle,
                         const std::optional<api::ByteRange>& range) override;

    // The view, and the record of reads, as sources; `dossier` and `reads` give all of them. What a
    // grantee is shown of a document is in the owner's record before it leaves.
    std::unique_ptr<ViewSource> open_view(const api::SessionToken& session,
                                          const api::DossierId& id, api::ViewAs as,
                                          std::uint64_t from);
    std::unique_ptr<ReadsSource> open_reads(const api::SessionToken& session,
                                            const api::DossierId& id, std::uint64_t from);
    // What `document` and `bundle` would give, without its bytes: no read takes place. For HEAD,
    // and for a request that names the ETag that it has.
    api::Download peek_document(const api::SessionToken& session, const api::PayloadTarget& target,
                                api::ViewAs as);
    api::Download peek_bundle(const api::SessionToken& session, const api::DossierId& dossier,
                              const api::BundleId& bundle);

    // Throws Error(denied, "login-required") if there is no such session.
    store::Session require_session(const api::SessionToken& session) const {
        return session_of(session);
    }
    // Throws Error(denied, "account-needed") if the session is that of a card alone.
    void require_account(const api::SessionToken& session) const { account_session(session); }
    // Throws Error(not_found) unless the session's card may upload into the dossier; and submit
    // statements of it, or did before it was erased (a grantee: Error(denied)).
    void require_uploader(const api::SessionToken& session, const api::DossierId& dossier) const {
        require_uploader(session_of(session), dossier);
    }
    void require_submitter(const api::SessionToken& session, const api::DossierId& dossier) const {
        require_submitter(session_of(session), dossier);
    }
    // What is held for a card while it downloads, or while a body of `length` bytes that takes
    // `cost` times as much memory is gathered and answered. Throws Error(limit,
    // "too-many-requests").
    std::shared_ptr<void> download_slot(const api::Fingerprint& card) {
        return downloads_.take(card);
    }
    std::shared_ptr<void> body_slot(const store::Session& session, std::uint64_t length,
                                    std::uint64_t cost);
    // Whether such a body has to come faster, because memory is short.
    bool must_hurry(const store::Session& session, std::uint64_t length) const {
        return length > kShortBody && gathered_in_all_.is_short(session.account);
    }

    // Removes what has had its time, from the store and from memory.
    void expire();

  private:
    struct Document;

    store::Session session_of(const api::SessionToken& token) const;
    store::Session account_session(const api::SessionToken& token) const;
    void require_owner(const store::Session& session, const api::DossierId& dossier) const;
    // Whether the card sees the dossier in this role.
    bool sees(const store::Session& session, const api::DossierId& dossier, store::ViewAs as) const;
    // The card that the login is verified with; a decoy if there is none.
    std::pair<std::optional<store::Session>, crypto::Ed25519Public> who_logs_in(
        const statement::LoginName& who, base::Time now) const;
    api::LoginReply open_session(store::Session session, bool by_card);
    bool opened_by_card(const store::Session& session, const api::SessionToken& token) const;
    void require_submitter(const store::Session& session, const api::DossierId& dossier) const;
    // The jurisdiction of the session's own dossier, from its dossier.create, which may be the
    // first of the statements `before` in the same run.
    std::optional<std::string> jurisdiction_of(const store::Session& session,
                                               const api::DossierId& dossier,
                                               const std::vector<store::Submission>& before) const;
    std::vector<store::Submission> checked(const store::Session& session,
                                           const std::optional<api::DossierId>& dossier,
                                           const std::vector<api::Submission>& run) const;
    // Throws unknown() unless the card may upload into the dossier now.
    void require_uploader(const store::Session& session, const api::DossierId& dossier) const;
    // Counts an upload of `size` bytes as under way until the result goes. Throws
    // Error(limit, "too-many-requests") if there are too many, or too many bytes with those
    // `staged` already.
    std::shared_ptr<void> upload_slot(const api::Fingerprint& card, std::uint64_t size,
                                      std::uint64_t staged);
    Document find_document(const store::Session& session, const api::PayloadTarget& target,
                           api::ViewAs as) const;

    store::Store& store_;
    store::BlobStore& blobs_;
    VaultRules rules_;
    const base::Clock& clock_;
    Challenges challenges_;
    Throttle failed_logins_;
    Throttle taken_names_;
    ReadRecord read_record_;
    const statement::Card decoy_;  // verified against where there is no card
    Quota<api::Fingerprint> uploads_;
    Quota<api::Fingerprint> uploading_;  // bytes
    Quota<api::Fingerprint> downloads_;
    Quota<api::Fingerprint> gathered_;
    Quota<bool> gathered_in_all_;  // by whether they have an account

    // Sessions opened with a card's key, and until when; the last few of each.
    mutable std::mutex mutex_;
    std::map<api::Fingerprint, std::deque<std::pair<crypto::Digest, base::Time>>> by_card_;
};

}  // namespace kluis::server
