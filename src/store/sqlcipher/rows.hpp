// A dossier's state as rows: reading it for chain::step, and applying what a step changes.
//
// Thread-safety: one thread at a time, as the Connection.
#pragma once

#include "database.hpp"

#include <kluis/chain/state.hpp>

#include <store/store.hpp>

namespace kluis::store::sqlcipher {

class RowState final : public chain::StateReader {
  public:
    // `connection` must outlive this.
    RowState(Connection& connection, const DossierId& id) : connection_(connection), id_(id) {}

    std::optional<chain::DossierState> dossier() const override;
    std::optional<Card> card(const Fingerprint& fingerprint) const override;
    std::optional<chain::Permission> permission(const Fingerprint& depositor) const override;
    std::optional<chain::DocumentState> document(const DocumentId& id) const override;
    std::optional<chain::Grant> grant(const DocumentId& document,
                                      const Fingerprint& grantee) const override;
    std::optional<chain::Seal> seal(const BundleId& id) const override;
    bool consent_used(const Digest& consent) const override;

    // All of it, as one value; for a check.
    chain::State whole() const;

  private:
    Connection& connection_;
    DossierId id_;
};

// Writes the rows of the state that `effects` change; `place` is that of the statement. What goes
// with a document or a dossier that is erased is the ledger's.
void apply(Connection& connection, const DossierId& id, const chain::Effects& effects,
           std::uint64_t place);

// Columns `size`, `sha256`, `blob`, `bytes` of the row, from `first` on.
StoredPayload stored_payload(const Statement& row, int first);

// As columns: the blob's id and the bytes, of which one is absent.
std::optional<BlobId> blob_of(const StoredPayload& payload);
const Bytes* bytes_of(const StoredPayload& payload);

}  // namespace kluis::store::sqlcipher
