// Payloads as rows: staged, named by a document, kept for a bundle; and dropped when none of these
// needs them any more.
//
// Thread-safety: one thread at a time, as the Connection.
#pragma once

#include "rows.hpp"
#include "writer.hpp"

namespace kluis::store::sqlcipher {

// The place of a payload.
struct Slot {
    DossierId dossier;
    DocumentId document;
    Role role;
};

std::optional<StoredPayload> find_payload(Connection& connection, const Slot& slot,
                                          const Digest& sha256);

// Throws Error(not_found) unless the dossier is there.
void require_dossier(Connection& connection, const DossierId& dossier);

// Stages; what was staged there by the same card before is dropped. Bytes that are kept in this
// place already are replaced by the same bytes: those may be gone or damaged.
void stage_payload(Writing& writing, const Staged& staged);

// What `by` has staged, and what the dossier keeps of bundles (members of how many, their bytes).
StagedTotals staged_totals(Connection& connection, const DossierId& dossier, const Fingerprint& by);
StagedTotals member_totals(Connection& connection, const DossierId& dossier);

bool is_staged(Connection& connection, const Slot& slot, const Fingerprint& by,
               const statement::Payload& payload);
// The payload itself stays where it is: it is now its document's.
void take_staged(Connection& connection, const Slot& slot, const Fingerprint& by);

void drop_payload(Writing& writing, const Slot& slot, const Digest& sha256);
// Drops the payload unless it is staged, its document's, or in a bundle.
void drop_if_unneeded(Writing& writing, const Slot& slot, const Digest& sha256);
// Drops all payloads of a document, staged ones too.
void drop_document(Writing& writing, const DossierId& dossier, const DocumentId& document);

void stage_bundle_member(Writing& writing, const DossierId& dossier, const BundleId& bundle,
                         Member member, const StoredPayload& payload, Time now);
// Ends a bundle, or the upload of one: members and documents go, and metadata that it alone needed.
// Returns how many rows went.
std::uint64_t drop_bundle(Writing& writing, const DossierId& dossier, const BundleId& bundle);

// Removes the blobs of all payloads and members of a dossier; the rows go with the dossier.
void remove_blobs(Writing& writing, const DossierId& dossier);

}  // namespace kluis::store::sqlcipher
