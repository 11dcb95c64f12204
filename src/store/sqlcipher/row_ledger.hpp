// A dossier's rows while a run is being accepted.
//
// Thread-safety: one thread at a time, as the Connection.
#pragma once

#include "payload_rows.hpp"

#include <store/ledger.hpp>

namespace kluis::store::sqlcipher {

class RowLedger final : public Ledger {
  public:
    // `writing` must outlive this.
    RowLedger(Writing& writing, const DossierId& id)
        : writing_(writing), database_(writing.database), id_(id), state_(database_, id) {}

    const chain::StateReader& state() const override { return state_; }
    std::optional<std::uint64_t> place_of(const statement::Signed& statement) const override;
    std::optional<ErasedChain> erased(const Fingerprint& reader) const override;
    std::uint64_t deposits_since(const Fingerprint& depositor, Time after) const override;
    std::vector<DocumentId> standing() const override;
    bool is_staged(const DocumentId& document, Role role, const Fingerprint& by,
                   const statement::Payload& payload) const override;
    bool is_manifest_staged(const BundleId& bundle, const Digest& manifest) const override;
    std::uint64_t owned(const Fingerprint& owner) const override;
    void keep(const Acceptance& acceptance) override;

  private:
    void keep_statement(const Acceptance& acceptance);
    void keep_act(const statement::DocumentDeposit& act, const Acceptance& acceptance);
    void keep_act(const statement::DocumentDescribe& act, const Acceptance& acceptance);
    void keep_act(const statement::DocumentErase& act, const Acceptance& acceptance);
    void keep_act(const statement::GrantCreate& act, const Acceptance& acceptance);
    void keep_act(const statement::DossierTransfer& act, const Acceptance& acceptance);
    void keep_act(const statement::BundleSeal& act, const Acceptance& acceptance);
    void keep_act(const auto&, const Acceptance&) {}
    void keep_owner_header(const DocumentHeader& header);
    void keep_sealed_document(const BundleId& bundle, std::size_t position,
                              const DocumentHeader& header);
    void erase_all(const Acceptance& acceptance);

    Writing& writing_;
    Connection& database_;
    DossierId id_;
    RowState state_;
};

}  // namespace kluis::store::sqlcipher
