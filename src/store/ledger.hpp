// Accepting statements: the one order of checks, for every store. A store keeps what it keeps
// behind the Ledger interface; no right is decided here, but by chain::step.
//
// Accepting ends with Ledger::keep. Integrating into a log is another step, for which a store keeps
// the accepted envelopes in the order of their acceptance.
//
// Thread-safety: a Ledger is used by one thread at a time.
#pragma once

#include <store/store.hpp>

namespace kluis::store {

// A statement that has passed every check, with what it changes.
struct Acceptance {
    const Submission& submission;
    std::uint64_t place;  // in the chain, from 0
    const chain::Effects& effects;
    Time now;
};

// What is left of an erased dossier.
struct ErasedChain {
    Digest head;               // payload hash of the dossier.erase
    std::uint64_t length = 0;  // statements that the chain had
    bool could_read = false;   // whether the card that is asked for could
};

// One dossier while a run is being accepted. What `keep` does is seen by the calls after it.
class Ledger {
  public:
    virtual ~Ledger() = default;

    virtual const chain::StateReader& state() const = 0;
    // The place on the chain of exactly this envelope.
    virtual std::optional<std::uint64_t> place_of(const statement::Signed& statement) const = 0;
    virtual std::optional<ErasedChain> erased(const Fingerprint& reader) const = 0;
    // Deposits by this card, erased ones too, with a time after `after`.
    virtual std::uint64_t deposits_since(const Fingerprint& depositor, Time after) const = 0;
    // Documents that are not erased, in any order.
    virtual std::vector<DocumentId> standing() const = 0;
    // Whether `by` has staged exactly this payload.
    virtual bool is_staged(const DocumentId& document, Role role, const Fingerprint& by,
                           const statement::Payload& payload) const = 0;
    virtual bool is_manifest_staged(const BundleId& bundle, const Digest& manifest) const = 0;
    // How many dossiers the card owns.
    virtual std::uint64_t owned(const Fingerprint& owner) const = 0;

    virtual void keep(const Acceptance& acceptance) = 0;
};

// Checks each statement of the run and keeps it. The caller undoes what was kept if the result is
// Refused. Throws Error(usage) on an empty run.
SubmitResult accept_run(Ledger& ledger, const std::vector<Submission>& run,
                        const SubmitRules& rules);

// Whether the headers beside a statement are those that it asks for; if not, why. For a seal any
// standing documents in the order given; else exactly the documents concerned.
std::optional<Refused> check_headers(const Ledger& ledger, const Submission& submission);

// Whether what the statement names was uploaded; if not, why.
std::optional<Refused> check_payloads(const Ledger& ledger, const statement::Signed& statement);

// The card other than the actor's that a statement is about: the depositor of an allow or remove,
// the grantee of a grant or revocation.
std::optional<Fingerprint> subject_of(const statement::Act& act);

// Which payloads a seal keeps for one document.
struct SealedPayloads {
    Digest content;
    Digest metadata;
    std::optional<Digest> preview;
};
SealedPayloads sealed_payloads(const chain::DocumentState& document);

}  // namespace kluis::store
