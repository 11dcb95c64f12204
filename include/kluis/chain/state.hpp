// A dossier's public state: what the statements so far have made of it. Who owns it, who may
// deposit, which documents stand, what is granted to whom.
//
// The state is read through StateReader, so that a client keeps it in memory (State) and a server
// keeps it as rows; both are changed by applying the same Effects (step.hpp).
//
// Thread-safety: plain values; a StateReader is used by one thread at a time.
#pragma once

#include <kluis/statement/statement.hpp>

#include <map>
#include <set>

namespace kluis::chain {

using statement::BundleId;
using statement::Card;
using statement::Digest;
using statement::DocumentId;
using statement::DossierId;
using statement::Fingerprint;

// The beginning and the end of the chain so far.
struct DossierState {
    DossierId id;
    std::string jurisdiction;
    Fingerprint owner;
    Digest head;               // payload hash of the last statement, void ones included
    std::uint64_t length = 0;  // number of statements, void ones included
    base::Time last;           // time of the last statement that is not void
    bool erased = false;

    friend bool operator==(const DossierState&, const DossierState&) = default;
};

// A permission to deposit. One per card; a later allow replaces an ended one.
struct Permission {
    Fingerprint depositor;
    Digest allowed_by;  // payload hash of the depositor.allow
    base::Time from;
    std::optional<base::Time> until;
    std::optional<std::uint64_t> count;
    std::uint64_t used = 0;  // deposits under it, erased ones included
    bool link = false;
    bool removed = false;  // by depositor.remove, or by a transfer from this card

    // Whether it stands at `time`: not removed, and not past `until`.
    bool stands_at(base::Time time) const { return !removed && (!until || time <= *until); }

    friend bool operator==(const Permission&, const Permission&) = default;
};

struct DocumentState {
    DocumentId id;
    Digest deposit;  // payload hash of the deposit statement
    Fingerprint depositor;
    base::Time deposited;
    bool through_link = false;  // the depositor's permission was a link
    std::map<statement::Role, statement::Payload> payloads;  // as deposited
    statement::Commitment commitment;
    // Of the owner's header, as deposited; absent once a transfer has replaced it
    // (Effects::new_headers).
    std::optional<Digest> header;
    std::optional<Digest> description;            // payload hash of the last describe statement
    std::optional<statement::Payload> described;  // its metadata payload
    Fingerprint describer;  // actor of the last description, else the depositor
    bool erased = false;

    // The metadata payload that counts now.
    const statement::Payload& metadata() const;

    friend bool operator==(const DocumentState&, const DocumentState&) = default;
};

// What one grantee may read of one document. Served while the clock is before `expires`.
struct Grant {
    DocumentId document;
    Fingerprint grantee;
    Digest granted_by;  // payload hash of the grant.create
    std::optional<base::Time> expires;
    Digest deposit;
    std::optional<Digest> description;
    Digest header;

    friend bool operator==(const Grant&, const Grant&) = default;
};

struct Seal {
    BundleId bundle;
    Digest sealed_by;  // payload hash of the bundle.seal
    std::uint64_t documents = 0;
    Digest manifest;
    std::vector<Fingerprint> recipients;
    std::uint64_t set = 0;
    std::optional<BundleId> supplements;

    friend bool operator==(const Seal&, const Seal&) = default;
};

// Reads the parts of one dossier's state that a step asks for. Absent parts are normal answers.
class StateReader {
  public:
    virtual ~StateReader() = default;

    virtual std::optional<DossierState> dossier() const = 0;
    // A card that a statement of this chain has named as owner or depositor.
    virtual std::optional<Card> card(const Fingerprint& fingerprint) const = 0;
    virtual std::optional<Permission> permission(const Fingerprint& depositor) const = 0;
    // Erased documents too: an id is used once.
    virtual std::optional<DocumentState> document(const DocumentId& id) const = 0;
    // Expired grants too; revoked ones and those of erased documents are gone.
    virtual std::optional<Grant> grant(const DocumentId& document,
                                       const Fingerprint& grantee) const = 0;
    virtual std::optional<Seal> seal(const BundleId& id) const = 0;
    // Whether a transfer, not void, has used the consent with this payload hash.
    virtual bool consent_used(const Digest& consent) const = 0;
};

// The changes that one statement makes. They are applied in the order of the members.
struct Effects {
    DossierState dossier;  // the whole new value; all that a void statement changes
    std::vector<Card> cards;
    std::vector<Permission> permissions;      // each replaces the depositor's
    std::vector<DocumentState> documents;     // each replaces the document's
    std::vector<DocumentId> erased;           // headers and payloads go, all grants of these end
    std::vector<Fingerprint> ended_grantees;  // all grants to these end
    std::vector<std::pair<DocumentId, Fingerprint>> ended_grants;
    std::vector<Grant> grants;  // each replaces the pair's
    std::vector<Seal> seals;
    std::vector<Digest> consents;
    // Set by a transfer: every standing document's owner header is replaced by the list whose
    // digest this is, and DocumentState::header becomes absent; who keeps the headers checks the
    // list against it.
    std::optional<Digest> new_headers;
    // All goes but `dossier` and the cards, by which what follows is still found void.
    bool erase_dossier = false;
};

// The whole state in memory.
class State final : public StateReader {
  public:
    std::optional<DossierState> dossier() const override { return dossier_; }
    std::optional<Card> card(const Fingerprint& fingerprint) const override;
    std::optional<Permission> permission(const Fingerprint& depositor) const override;
    std::optional<DocumentState> document(const DocumentId& id) const override;
    std::optional<Grant> grant(const DocumentId& document,
                               const Fingerprint& grantee) const override;
    std::optional<Seal> seal(const BundleId& id) const override;
    bool consent_used(const Digest& consent) const override;

    void apply(const Effects& effects);

    // In the order of the keys' bytes; references are valid until the next apply.
    const std::map<DocumentId, DocumentState>& documents() const { return documents_; }
    const std::map<std::pair<DocumentId, Fingerprint>, Grant>& grants() const { return grants_; }
    const std::map<Fingerprint, Permission>& permissions() const { return permissions_; }
    const std::map<Fingerprint, Card>& cards() const { return cards_; }
    const std::map<BundleId, Seal>& seals() const { return seals_; }

    // The ids of documents that are not erased, ascending by text.
    std::vector<DocumentId> standing() const;

    bool operator==(const State& other) const;

  private:
    void forget_headers();
    void forget_all();

    std::optional<DossierState> dossier_;
    std::map<Fingerprint, Card> cards_;
    std::map<Fingerprint, Permission> permissions_;
    std::map<DocumentId, DocumentState> documents_;
    std::map<std::pair<DocumentId, Fingerprint>, Grant> grants_;
    std::map<BundleId, Seal> seals_;
    std::set<Digest> consents_;
};

}  // namespace kluis::chain
