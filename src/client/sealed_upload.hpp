// Sealing one file and handing its payloads to the sender: the work of one thread of a deposit.
//
// Thread-safety: functions may be called from any thread, each with its own sender.
#pragma once

#include <client/deposit.hpp>
#include <client/payload_sender.hpp>

namespace kluis::client {

// A deposit that waits for its signature.
struct SealedItem {
    statement::DocumentDeposit act;
    base::Bytes header;  // the owner's
};

// Reads, seals for `owner` and sends; every payload is durable at the server when `sender` was
// flushed after this. `sent` is told of each part of the file that was read. Throws Error(storage),
// Error(not_found) about the file, Error(conflict) if it changed while it was read, and whatever
// the server answers.
SealedItem seal_and_send(PayloadSender& sender, const statement::Card& owner,
                         const DepositItem& item, const std::function<void(std::uint64_t)>& sent);

}  // namespace kluis::client
