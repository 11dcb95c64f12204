// Replay: a whole chain from dossier.create, and the partial views that a grantee and a depositor
// are given.
//
// Thread-safety: plain values; a Replay is used by one thread at a time.
#pragma once

#include <kluis/chain/step.hpp>

namespace kluis::chain {

// What became of one statement of the chain.
struct Link {
    statement::Signed statement;
    std::optional<Reason> void_because;  // absent if it had its effect
};

// Repeats `step` over a chain. Feed statements in order; once broken, the rest is ignored.
class Replay {
  public:
    // `expected`: the dossier's id, which the first statement must hash to.
    explicit Replay(const DossierId& expected) : expected_(expected) {}

    // Returns false if this statement ends the chain (`broken_because` says why) or it had ended.
    bool add(statement::Signed statement);

    const State& state() const { return state_; }
    const std::vector<Link>& links() const { return links_; }
    std::optional<Reason> broken_because() const { return broken_; }

    // The place (from 0) of the statement with this payload hash, if it is on the chain: heads that
    // a client remembers must be.
    std::optional<std::size_t> place_of(const Digest& head) const;

  private:
    DossierId expected_;
    State state_;
    std::vector<Link> links_;
    std::map<Digest, std::size_t> places_;
    std::optional<Reason> broken_;
};

// A document as a grantee may read it, checked against the owner's grant.
struct GrantedView {
    Grant grant;
    statement::Signed deposit;
    Card depositor;  // whose fingerprint is the deposit's actor
    bool through_link = false;
    std::optional<statement::Signed> description;  // newest that counts
    Fingerprint describer;

    const statement::Payload& metadata() const;
};

// What a server shows a grantee of a dossier, before it is checked.
struct GranteeEvidence {
    // dossier.create, transfers, own grants and revocations, deposits and last descriptions of the
    // granted documents, in the order in which the chain has them.
    std::vector<statement::Signed> statements;
    // The cards of actors that no statement here names (depositors).
    std::vector<Card> cards;
};

struct GranteeView {
    DossierId dossier;
    Fingerprint owner;
    std::vector<GrantedView> documents;  // ascending by id; expired grants left out at `now`
};

// Checks everything and returns what `grantee` may read at `now`. Throws Error(forged), naming the
// document where one is at fault: a signature that does not verify, a statement not by who was the
// owner at its place, a deposit or description that the grant does not name (a later description by
// the owner counts), a document without its grant, a statement that has no business here.
GranteeView verify_grantee_view(const DossierId& dossier, const Fingerprint& grantee,
                                const GranteeEvidence& evidence, base::Time now);

// What a depositor is given: dossier.create, transfers, statements on their own permission, their
// own deposits (and erasures), in order, and the hash of the head.
struct DepositorView {
    DossierId dossier;
    Fingerprint owner;
    Card owner_card;
    std::string jurisdiction;
    std::optional<Permission> permission;  // as it is after these statements
    std::vector<statement::Signed> deposits;  // that stand
};

// Throws Error(forged) as above.
DepositorView verify_depositor_view(const DossierId& dossier, const Fingerprint& depositor,
                                    const std::vector<statement::Signed>& statements);

}  // namespace kluis::chain
