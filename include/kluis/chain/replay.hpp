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

    // Returns false if this statement ends the chain (`broken_because` says why) or it had ended. A
    // void one is a link like others.
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

// Checks that statements of one chain, some of them left out, can stand there in the order in which
// they are added.
class LinkOrder {
  public:
    explicit LinkOrder(const DossierId& dossier) : dossier_(dossier) {}

    // Throws Error(forged): dossier.create of this dossier is not first, or not only there; another
    // dossier; time runs back; a statement twice; two with one `previous`; a `previous` that is
    // here, but not directly before.
    void add(const statement::Signed& statement);

  private:
    DossierId dossier_;
    std::optional<Digest> last_hash_;
    base::Time last_time_;
    std::set<Digest> hashes_;
    std::set<Digest> previous_;
};

// Repeats `step` over a chain of which statements are left out: all those that say who may do what
// is done in the rest must be there. A void statement has no place here.
class PartialReplay {
  public:
    explicit PartialReplay(const DossierId& dossier) : order_(dossier) {}

    // Throws Error(forged): out of order, not signed by its actor, or void; but what a seal
    // supplements is not looked up.
    void add(const statement::Signed& statement);

    const State& state() const { return state_; }

  private:
    LinkOrder order_;
    State state_;
};

// A document as a grantee may read it, checked against the owner's grant. Whether the depositor
// came through a link is not known here: permissions are not shown to grantees.
struct GrantedView {
    Grant grant;
    statement::Signed deposit;
    Card depositor;                                // whose fingerprint is the deposit's actor
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
    std::vector<GrantedView>
        documents;  // ascending by text of the id; expired grants left out at `now`
    // Granted, not expired, and yet no deposit is shown: erased since, or withheld. A grantee
    // cannot tell which.
    std::vector<DocumentId> missing;
};

// Checks everything and returns what `grantee` may read at `now`. Throws Error(forged), naming the
// document where one is at fault: a signature that does not verify, a statement not by who was the
// owner at its place, a deposit or description that the grant does not name (a later description by
// the owner counts), a document without its grant, a statement that has no business here.
GranteeView verify_grantee_view(const DossierId& dossier, const Fingerprint& grantee,
                                const GranteeEvidence& evidence, base::Time now);

// What a depositor is given: dossier.create, transfers, the statements on their own permission and
// on their own deposits, in order.
struct DepositorView {
    DossierId dossier;
    Fingerprint owner;
    Card owner_card;
    std::string jurisdiction;
    std::optional<Permission> permission;     // as it is after these statements
    std::vector<statement::Signed> deposits;  // that stand
};

// Throws Error(forged) as above.
DepositorView verify_depositor_view(const DossierId& dossier, const Fingerprint& depositor,
                                    const std::vector<statement::Signed>& statements);

}  // namespace kluis::chain
