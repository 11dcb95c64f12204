// What a server keeps: accounts, sessions, cards, and dossiers as chains with their payloads.
//
// One interface of domain operations with two implementations, memory/ and sqlcipher/, under one
// conformance suite (tests/unit/store/conformance.hpp). A statement is accepted by chain::step over
// the state that the implementation keeps; no right is decided here.
//
// Every operation is atomic, and durable when it returns. Concurrent writers share commits.
//
// Thread-safety: all operations, from any number of threads.
#pragma once

#include <kluis/chain/step.hpp>
#include <kluis/statement/login.hpp>

#include <store/blob_store.hpp>

#include <memory>
#include <optional>
#include <variant>

namespace kluis::store {

using base::Bytes;
using base::Time;
using statement::BundleId;
using statement::Card;
using statement::Digest;
using statement::DocumentId;
using statement::DossierId;
using statement::Envelope;
using statement::Fingerprint;
using statement::Handle;
using statement::Role;

// Payloads up to this size are kept as rows, larger ones as blobs.
inline constexpr std::size_t kInlineLimit = 64 * 1024;

// --- accounts ---

struct Account {
    Card card;
    Handle handle;
    crypto::Ed25519Public login;
    Bytes sealed_secret;
    Envelope credentials;  // that set login key and sealed secret last
    std::uint32_t may_invite = 0;
};

// What a login is verified with.
struct LoginKeys {
    Card card;
    crypto::Ed25519Public login;
};

// Of one card; the oldest go.
inline constexpr std::size_t kSessionsEach = 32;

struct Session {
    Fingerprint card;
    bool account = false;  // false: a card that a dossier allows, without an account
    Time expires;
};

struct KeyringCopy {
    std::uint64_t revision = 0;  // 0: none was written yet
    Bytes sealed;
};

enum class Registered { yes, no_invitation, handle_taken, card_taken };

// --- payloads ---

// Where the stored bytes of a payload are: in a row, or in a blob.
using Location = std::variant<Bytes, BlobId>;

struct StoredPayload {
    Location location;
    std::uint64_t size = 0;
    Digest sha256;
};

// A payload that was uploaded but that no accepted statement names yet.
struct Staged {
    DossierId dossier;
    DocumentId document;
    Role role = Role::content;
    Fingerprint by;
    StoredPayload payload;
    Time at;
};

// What may be uploaded before a statement names it.
struct StageRules {
    // By one uploader in one dossier.
    std::uint64_t documents = 10'000;
    std::uint64_t bytes = 16'000'000'000;
    // Documents beyond those that the `count` of a depositor leaves: of uploads that were broken
    // off and begun anew under another id.
    std::uint64_t spare = 16;
    // Bundles whose members a dossier keeps, sealed or not, and their bytes.
    std::uint64_t bundles = 64;
    std::uint64_t member_bytes = 16'000'000'000;
};

struct StagedTotals {
    std::uint64_t documents = 0;
    std::uint64_t bytes = 0;
};

// --- statements ---

struct DocumentHeader {
    DocumentId document;
    Bytes header;
};

// A statement with what comes beside it: for a deposit the owner's header, for a grant the
// grantee's, for a transfer the new owner's for every standing document, for a seal the case key's
// in the order of the manifest.
struct Submission {
    statement::Signed statement;
    std::vector<DocumentHeader> headers;
};

struct SubmitRules {
    Time now;
    std::chrono::seconds clock_tolerance{600};
    // Deposits that one depositor (not the owner) may make in an hour.
    std::uint64_t deposits_per_hour = 20'000;
    // Dossiers that a card may own and still create another.
    std::uint64_t dossiers_per_owner = 1000;
};

// Why a run was not accepted; nothing of it was.
struct Refused {
    enum class Why {
        chain,            // see reason
        stale_head,       // `previous` of the first is not the head: sign again on `head`
        clock_off,        // `time` is too far from the server's clock
        payload_missing,  // a payload that the statement names was not uploaded
        header_mismatch,  // a header is missing, in excess, or has another digest
        too_many,         // deposits_per_hour
        too_many_dossiers,
    };
    Why why = Why::chain;
    std::optional<chain::Reason> reason = std::nullopt;
    std::size_t place = 0;                              // in the run, from 0
    std::optional<Digest> head = std::nullopt;          // of the dossier as it is
    std::optional<DocumentId> document = std::nullopt;  // at fault, if one is
};

struct Accepted {
    Digest head;               // after the run
    std::uint64_t length = 0;  // after the run
};

using SubmitResult = std::variant<Accepted, Refused>;

// --- reading a dossier ---

enum class ViewAs { owner, depositor, grantee };

struct Viewer {
    ViewAs as = ViewAs::owner;
    Fingerprint card;
};

struct DossierSummary {
    DossierId id;
    Digest head;
    std::uint64_t length = 0;
    std::vector<ViewAs> as;  // in which roles this card may see it, at the time asked
};

inline constexpr std::size_t kPageBytes = 4 * 1024 * 1024;

struct PlacedStatement {
    std::uint64_t place = 0;  // in the chain, from 0
    Envelope envelope;
};

// What a viewer needs to open one document, payloads but for the content.
struct DocumentRow {
    DocumentId id;
    std::uint64_t place = 0;    // of its deposit
    Bytes header;               // for the viewer's card
    Bytes metadata;             // the payload that counts now
    std::optional<Bytes> word;  // the owner's view only
};

// An entry of the owner's record of reads.
struct StoredRead {
    std::uint64_t place = 0;  // in the record, ascending from 1
    Bytes sealed;             // to the owner's card
};

// --- bundles ---

// The members of a bundle that its owner uploads: case.age, manifest.age, seal.age, readers.age.
enum class Member { case_key, manifest, seal, readers };

// Its payloads as they were when it was sealed; their bytes are read one by one
// (Store::sealed_payload).
struct BundleDocument {
    DocumentId id;
    Bytes header;  // for the case key
    statement::Payload content;
    statement::Payload metadata;
    std::optional<statement::Payload> preview;
};

struct StoredBundle {
    BundleId id;
    DossierId dossier;
    std::map<Member, StoredPayload> members;
    std::vector<BundleDocument> documents;  // in the order of the manifest
    Time sealed_at;
};

// --- what `kluisd check` finds ---

struct CheckReport {
    std::uint64_t dossiers = 0;
    std::uint64_t statements = 0;
    std::uint64_t documents = 0;
    std::uint64_t blobs = 0;
    std::uint64_t swept = 0;           // blobs that no row named, removed
    std::vector<std::string> missing;  // what a row names and is gone, or does not hash or replay
};

class Store {
  public:
    virtual ~Store() = default;

    // Invitations are kept as the SHA-256 of their code.
    virtual void add_invitation(const Digest& code, std::uint32_t may_invite, Time expires) = 0;
    // Takes from the account's allowance this invitation and those that it lets make; false if it
    // has not so many. A code that is kept already stays as it is and takes nothing.
    virtual bool spend_invite(const Fingerprint& card, const Digest& code, std::uint32_t may_invite,
                              Time expires) = 0;
    // Uses up the invitation, whose allowance the account gets; keeps no link to who made it.
    virtual Registered register_account(const Digest& code, const Account& account, Time now) = 0;
    virtual std::optional<Account> account(const Handle& handle) const = 0;
    virtual std::optional<Account> account(const Fingerprint& card) const = 0;
    // For an account that there is not, this does the same work.
    virtual std::optional<LoginKeys> login_keys(const statement::LoginName& who) const = 0;
    // Ends the card's sessions but `session`. False, and nothing done, if the credentials kept now
    // do not have payload hash `replaces`.
    virtual bool replace_credentials(const Fingerprint& card, const Digest& replaces,
                                     const Account& changed, const Digest& session) = 0;

    virtual KeyringCopy keyring(const Fingerprint& card) const = 0;
    // Stores revision `replaces` + 1; false if `replaces` is not the revision kept. Throws
    // Error(not_found) if the card has no account.
    virtual bool put_keyring(const Fingerprint& card, std::uint64_t replaces,
                             const Bytes& sealed) = 0;

    // Sessions are kept as the SHA-256 of their token, kSessionsEach of a card. Expired ones are
    // absent.
    virtual void add_session(const Digest& token, const Session& session) = 0;
    virtual std::optional<Session> session(const Digest& token, Time now) const = 0;
    virtual void drop_session(const Digest& token) = 0;

    // A card of an account, or one that some dossier allows or allowed.
    virtual std::optional<Card> card(const Fingerprint& fingerprint) const = 0;
    // Whether some dossier's standing permission at `now` is for this card: it may log in without
    // an account.
    virtual bool allowed_somewhere(const Fingerprint& card, Time now) const = 0;

    // Keeps uploaded payloads, all or none, until a statement names them or a day has gone by. The
    // same (dossier, document, role, by) again replaces it. Takes over the blobs, if there are any.
    // Returns false if an uploader had more staged then than `rules` allow; throws Error(not_found)
    // if there is no such dossier: in both cases nothing is kept, and the blobs stay the caller's.
    [[nodiscard]] virtual bool stage(const std::vector<Staged>& payloads,
                                     const StageRules& rules) = 0;
    // Likewise for a member of a bundle: the manifest before the seal, the others before or after
    // it. Throws Error(conflict) on another manifest than that of the accepted seal.
    [[nodiscard]] virtual bool stage_member(const DossierId& dossier, const BundleId& bundle,
                                            Member member, const StoredPayload& payload, Time now,
                                            const StageRules& rules) = 0;
    // What `by` has staged in the dossier; nothing in one that is not there.
    virtual StagedTotals staged(const DossierId& dossier, const Fingerprint& by) const = 0;

    // Accepts consecutive statements of one dossier, all or none. The first may be dossier.create.
    // A run whose statements are all on the chain already gives the same result as the first time.
    virtual SubmitResult submit(const std::vector<Submission>& run, const SubmitRules& rules) = 0;

    virtual std::vector<DossierSummary> dossiers(const Fingerprint& card, Time now) const = 0;
    // Absent if there is no such dossier or the card may not see it in that role at `now`.
    virtual std::optional<DossierSummary> dossier(const DossierId& id, const Viewer& viewer,
                                                  Time now) const = 0;
    // The envelope of dossier.erase, for those who could read the dossier, for 30 days.
    virtual std::optional<Envelope> erasure(const DossierId& id, const Fingerprint& card,
                                            Time now) const = 0;

    // What the viewer may see, in the chain's order, from `from` on, at most `limit`, and no more
    // once they have kPageBytes.
    // REQUIRES for this and the next three: `dossier` gave a summary for this viewer.
    virtual std::vector<PlacedStatement> statements(const DossierId& id, const Viewer& viewer,
                                                    std::uint64_t from, std::size_t limit,
                                                    Time now) const = 0;
    // A digest over which statements a grantee may see at `now`; and with them, which documents.
    virtual Digest shown(const DossierId& id, const Fingerprint& grantee, Time now) const = 0;
    // The cards of actors of those statements that no statement among them names.
    virtual std::vector<Card> cards(const DossierId& id, const Viewer& viewer, Time now) const = 0;
    // Standing documents that the viewer may open (a depositor: none), deposited or last
    // described from place `from` on, in the order of the bytes of their ids, after `after`.
    virtual std::vector<DocumentRow> documents(const DossierId& id, const Viewer& viewer,
                                               std::uint64_t from,
                                               const std::optional<DocumentId>& after,
                                               std::size_t limit, Time now) const = 0;
    // The header for the viewer's card (for a word none: it is an age file of its own) and a
    // payload; absent if the viewer may not read it.
    virtual std::optional<std::pair<Bytes, StoredPayload>> payload(const DossierId& id,
                                                                   const Viewer& viewer,
                                                                   const DocumentId& document,
                                                                   Role role, Time now) const = 0;
    virtual std::optional<Card> owner_card(const DossierId& id) const = 0;

    // The owner's record of reads: entries sealed to the owner's card, all or none. False if
    // `owner` is not the owner any more. Entries older than a year go, and all of them with a
    // transfer. Throws Error(not_found).
    virtual bool add_reads(const DossierId& id, const Fingerprint& owner, Time at,
                           const std::vector<Bytes>& sealed) = 0;
    // Oldest first, from place `from` on, at most `limit`.
    virtual std::vector<StoredRead> reads(const DossierId& id, std::uint64_t from,
                                          std::size_t limit) const = 0;

    // A sealed bundle with all members there, for its owner, for 30 days.
    virtual std::optional<StoredBundle> bundle(const DossierId& dossier, const BundleId& bundle,
                                               const Fingerprint& owner, Time now) const = 0;
    // Where a payload of a document of such a bundle is. Throws Error(storage) if it is gone, as it
    // is when the document was erased meanwhile.
    virtual StoredPayload sealed_payload(const DossierId& dossier, const DocumentId& document,
                                         Role role, const Digest& sha256) const = 0;

    // Removes what has had its time: staged payloads, sessions, invitations, bundles, reads, erase
    // envelopes. Returns how many rows went.
    virtual std::uint64_t expire(Time now) = 0;
    // Sweeps blobs that nothing names (uploads under way excepted) and, if `deep`, reads all:
    // digests, chains.
    virtual CheckReport check(bool deep) = 0;
};

}  // namespace kluis::store
