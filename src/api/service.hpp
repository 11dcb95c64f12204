// The service between a client and a server. The server implements it over its store and adapts
// HTTP to it; the client implements it over HTTP; tests put either side on the other directly, and
// put a hostile one in between.
//
// Every call throws base::Error; the kinds and codes are those of problem.hpp. Calls with a session
// throw Error(denied, "login-required") if it is unknown or has expired.
//
// Thread-safety: a server's Service may be called from many threads; a client's by one at a time.
#pragma once

#include <kluis/base/stream.hpp>

#include <api/payloads.hpp>

#include <functional>
#include <memory>

namespace kluis::api {

// A body being sent: exactly `size` bytes are written, then `finish` returns when they are durable.
// Destroyed before that, nothing of it remains.
class Upload : public base::Writer {
  public:
    virtual void finish() = 0;
};

// Bytes [first, first + count) of a resource; `count` is cut to its end.
struct ByteRange {
    std::uint64_t first = 0;
    std::uint64_t count = 0;
};

// A body being received. `body` gives exactly `length` bytes or throws Error(unavailable).
struct Download {
    std::uint64_t size = 0;    // of the whole resource
    std::uint64_t offset = 0;  // of the first byte of `body`
    std::uint64_t length = 0;  // of `body`
    std::string etag;          // strong, with its quotes
    std::unique_ptr<base::Reader> body;
};

// What identifies an upload of a payload.
struct PayloadTarget {
    DossierId dossier;
    DocumentId document;
    Role role = Role::content;
};

class Service {
  public:
    virtual ~Service() = default;

    virtual Status status() = 0;
    virtual statement::Challenge challenge() = 0;

    virtual void register_account(const RegisterRequest& request) = 0;
    // The login envelope names the origin that the client connected to.
    virtual LoginReply login(const Envelope& login) = 0;
    virtual void logout(const SessionToken& session) = 0;
    virtual AccountReply account(const SessionToken& session) = 0;
    // Needs a session that was opened with the card's key.
    virtual void replace_credentials(const SessionToken& session,
                                     const CredentialsRequest& request) = 0;
    virtual KeyringReply keyring(const SessionToken& session) = 0;
    // Returns the new revision. Throws Error(conflict, "keyring-changed") (HTTP 412) if `replaces`
    // is not the revision kept: read, merge, write again.
    virtual std::uint64_t put_keyring(const SessionToken& session, std::uint64_t replaces,
                                      const Bytes& sealed) = 0;
    // The same request again makes no second invitation while the first is not used.
    virtual void invite(const SessionToken& session, const InviteRequest& request) = 0;

    // Whoever asks must check the fingerprint: an answer proves nothing.
    virtual Card card(const SessionToken& session, const Fingerprint& fingerprint) = 0;

    virtual std::vector<DossierReply> dossiers(const SessionToken& session) = 0;
    // Calls `record` for each line of the view, in order, the end included: of the statements those
    // from place `from` on (0: all), and the documents that they deposit or describe; only an owner
    // may leave any out. Throws Error(unavailable) if the reply ends without an end.
    virtual void dossier(const SessionToken& session, const DossierId& id, ViewAs as,
                         std::uint64_t from, const std::function<void(ViewRecord)>& record) = 0;
    // A run of consecutive statements of one dossier: all accepted or none. `dossier` absent: the
    // first is dossier.create. A stale head is Error(conflict, "stale-head").
    virtual SubmitReply submit(const SessionToken& session, const std::optional<DossierId>& dossier,
                               const std::vector<Submission>& run) = 0;

    // Small payloads, whatever their documents: all of them are durable when this returns, or none
    // is kept. REQUIRES: at least one, and a body of at most kPayloadsLimit.
    virtual void put_payloads(const SessionToken& session, const DossierId& dossier,
                              const std::vector<SmallPayload>& payloads) = 0;
    virtual std::unique_ptr<Upload> put_payload(const SessionToken& session,
                                                const PayloadTarget& target,
                                                std::uint64_t size) = 0;
    // Header and payload as one age file (a word: its own age file).
    virtual Download document(const SessionToken& session, const PayloadTarget& target, ViewAs as,
                              const std::optional<ByteRange>& range) = 0;
    // Calls `entry` for each of the owner's record from place `from` on, oldest first. Throws
    // Error(unavailable) if the reply ends without its end.
    virtual void reads(const SessionToken& session, const DossierId& id, std::uint64_t from,
                       const std::function<void(ReadEntry)>& entry) = 0;

    virtual std::unique_ptr<Upload> put_member(const SessionToken& session,
                                               const DossierId& dossier, const BundleId& bundle,
                                               Member member, std::uint64_t size) = 0;
    virtual Download bundle(const SessionToken& session, const DossierId& dossier,
                            const BundleId& bundle, const std::optional<ByteRange>& range) = 0;
};

}  // namespace kluis::api
