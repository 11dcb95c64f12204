// Sealing one file and uploading its payloads: the work of one thread of a deposit.
//
// Thread-safety: functions may be called from any thread, each with its own service.
#pragma once

#include <client/deposit.hpp>

namespace kluis::client {

// Where the payloads go, and for whom.
struct UploadTarget {
    api::Service& service;
    const api::SessionToken& session;
    statement::DossierId dossier;
    statement::Card owner;
};

// A deposit that waits for its signature.
struct SealedItem {
    statement::DocumentDeposit act;
    base::Bytes header;  // the owner's
};

// Reads, seals and uploads; every payload is durable at the server when this returns. `sent` is
// told of each part of the file that was read. Throws Error(storage), Error(not_found) about the
// file, Error(conflict) if it changed while it was read, and whatever the server answers.
SealedItem seal_and_upload(const UploadTarget& target, const DepositItem& item,
                           const std::function<void(std::uint64_t)>& sent);

}  // namespace kluis::client
