// One dossier in memory: its state, its statements as they came, and what its documents need.
//
// A copy shares the payloads: a run is tried on a copy, which takes the dossier's place when all of
// it was accepted. A payload's blob goes with the last that holds it.
//
// Thread-safety: MemoryStore's lock.
#pragma once

#include <store/ledger.hpp>

namespace kluis::store {

// A payload that removes its blob when nothing names it any more.
class HeldPayload {
  public:
    HeldPayload(StoredPayload payload, BlobStore& blobs)
        : payload_(std::move(payload)), blobs_(blobs) {}
    ~HeldPayload();
    HeldPayload(const HeldPayload&) = delete;
    HeldPayload& operator=(const HeldPayload&) = delete;

    const StoredPayload& get() const { return payload_; }

  private:
    StoredPayload payload_;
    BlobStore& blobs_;
};
using Held = std::shared_ptr<const HeldPayload>;

class MemoryDossier final : public Ledger {
  public:
    // --- for accept_run ---
    const chain::StateReader& state() const override { return state_; }
    std::optional<std::uint64_t> place_of(const statement::Signed& statement) const override;
    std::optional<ErasedChain> erased(const Fingerprint& reader) const override;
    std::uint64_t deposits_since(const Fingerprint& depositor, Time after) const override;
    std::vector<DocumentId> standing() const override { return state_.standing(); }
    bool is_staged(const DocumentId& document, Role role, const Fingerprint& by,
                   const statement::Payload& payload) const override;
    bool is_manifest_staged(const BundleId& bundle, const Digest& manifest) const override;
    std::uint64_t owned(const Fingerprint&) const override { return owned_; }
    // A dossier does not know of others: how many the actor of the run owns is set before it.
    void set_owned(std::uint64_t owned) { owned_ = owned; }
    void keep(const Acceptance& acceptance) override;

    // --- writing ---
    // Whether all uploaders would have staged what they may. REQUIRES: all are of this dossier.
    bool may_stage(const std::vector<Staged>& more, const StageRules& rules) const;
    bool may_stage_member(const BundleId& bundle, Member member, std::uint64_t size,
                          const StageRules& rules) const;
    // REQUIRES for these: they may.
    void stage(const DocumentId& document, Role role, const Fingerprint& by, Held payload, Time at);
    // Throws Error(conflict) on another manifest than the sealed one.
    void stage_member(const BundleId& bundle, Member member, Held payload, Time at);
    void add_read(Time at, const Bytes& sealed);
    std::uint64_t expire(Time now);

    // --- reading ---
    const chain::State& full_state() const { return state_; }
    const std::vector<std::shared_ptr<const statement::Signed>>& chain() const { return chain_; }
    bool is_erased() const { return erased_.has_value(); }
    bool is_gone(Time now) const;
    std::optional<Envelope> erasure(const Fingerprint& card, Time now) const;
    bool may_see(const Viewer& viewer, Time now) const;
    bool is_shown(const Viewer& viewer, std::uint64_t place, Time now) const;
    // Null if there is none for this viewer.
    const Bytes* header(const Viewer& viewer, const DocumentId& document, Time now) const;
    Held payload(const DocumentId& document, Role role) const;
    std::uint64_t deposit_place(const DocumentId& document) const {
        return places_.at(document).deposit;
    }
    // Of its last description, else of its deposit.
    std::uint64_t last_place(const DocumentId& document) const {
        return places_.at(document).description.value_or(deposit_place(document));
    }
    std::optional<StoredBundle> bundle(const BundleId& bundle, Time now) const;
    // Null if no bundle names it.
    Held sealed_payload(const DocumentId& document, Role role, const Digest& sha256) const;
    std::vector<StoredRead> reads(std::uint64_t from, std::size_t limit) const;
    StagedTotals staged(const Fingerprint& by) const;
    std::vector<Held> all_payloads() const;

  private:
    struct Places {
        std::uint64_t deposit = 0;
        std::optional<std::uint64_t> description;
        std::optional<std::uint64_t> erased;
    };
    struct StagedPayload {
        Held payload;
        Time at;
    };
    struct SealedDocument {
        DocumentId id;
        Bytes header;
        Held content, metadata, preview;

        Held& payload(Role role);
        const Held& payload(Role role) const {
            return const_cast<SealedDocument*>(this)->payload(role);
        }
    };
    struct SealedBundle {
        std::vector<SealedDocument> documents;
        Time sealed_at;
    };
    struct Erased {
        std::shared_ptr<const statement::Signed> statement;
        std::uint64_t length = 0;
        std::set<Fingerprint> readers;
        Time at;
    };
    using Slot = std::pair<DocumentId, Role>;
    using StagedSizes = std::map<std::pair<Slot, Fingerprint>, std::uint64_t>;

    void keep_act(const statement::DocumentDeposit& act, const Acceptance& acceptance);
    void keep_act(const statement::DocumentDescribe& act, const Acceptance& acceptance);
    void keep_act(const statement::DocumentErase& act, const Acceptance& acceptance);
    void keep_act(const statement::GrantCreate& act, const Acceptance& acceptance);
    void keep_act(const statement::DossierTransfer& act, const Acceptance& acceptance);
    void keep_act(const statement::BundleSeal& act, const Acceptance& acceptance);
    void keep_act(const auto&, const Acceptance&) {}
    void take_staged(const DocumentId& document, Role role, const Fingerprint& by);
    void erase_all(const Acceptance& acceptance);
    StagedSizes staged_sizes() const;
    static StagedTotals totals_of(const StagedSizes& sizes, const Fingerprint& by);
    void renew(const Slot& slot, const Held& payload);
    bool is_granted(const chain::Grant& grant, Time now) const;

    chain::State state_;
    std::vector<std::shared_ptr<const statement::Signed>> chain_;
    std::map<Digest, std::uint64_t> by_hash_;
    std::map<DocumentId, Places> places_;
    std::map<DocumentId, Bytes> owner_headers_;
    std::map<std::pair<DocumentId, Fingerprint>, Bytes> grant_headers_;
    std::map<Slot, Held> payloads_;  // those that count now
    std::map<std::pair<Slot, Fingerprint>, StagedPayload> staged_;
    std::map<BundleId, std::map<Member, StagedPayload>> members_;
    std::map<BundleId, SealedBundle> bundles_;
    std::map<std::uint64_t, std::pair<Time, Bytes>> reads_;  // by place
    std::optional<Erased> erased_;
    std::uint64_t owned_ = 0;
};

}  // namespace kluis::store
