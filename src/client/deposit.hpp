// Depositing files: sealing each for the owner, uploading its payloads, signing the deposits.
//
// Files are sealed and sent by several threads; statements are signed in the order of the items, in
// runs. A document exists once its run was accepted: until then nothing of it is visible to anyone,
// and a failed upload leaves nothing. A document whose upload failed begins anew with a new file
// key (one nonce, one plaintext).
//
// Thread-safety: one thread at a time.
#pragma once

#include <kluis/dossier/metadata.hpp>

#include <client/tip.hpp>

#include <filesystem>
#include <functional>

namespace kluis::client {

struct DepositItem {
    std::filesystem::path file;  // or, where `content` is there, just its name
    std::optional<base::Bytes> content;
    // As the depositor describes it; `size` and `sha256` are filled in, and where they are empty
    // `name`, `title` and `type` from the file, and `kind` as "other".
    dossier::Metadata metadata;
    dossier::Word word;  // empty: none is sent
    std::optional<std::filesystem::path> preview;
    bool made = false;  // by this program: only so it may be of a kind that programs read
};

// Throws Error(usage) if `kind` is one of content that this program makes and reads itself: a
// profile, a wish list.
void require_depositable(std::string_view kind);

struct Deposited {
    statement::DocumentId document;
    statement::Digest statement;  // payload hash of the deposit
};

// What became of one item: deposited, or why not.
struct DepositOutcome {
    std::optional<Deposited> deposited;
    std::optional<base::Error> error;
};

struct DepositResult {
    std::vector<DepositOutcome> outcomes;  // one for each item, in order
    statement::Digest head;                // of the chain afterwards
};

// Items and bytes of files done so far.
using DepositProgress = std::function<void(std::size_t items, std::uint64_t bytes)>;

// Deposits all items. An item whose own file cannot be read or sealed is left out and reported; an
// error that would meet every item (no network, no permission, a full server) stops the work, with
// the outcomes so far: items not reached have that error. `progress` is called from several
// threads, one at a time. Throws Error as fetch_deposit_target does.
DepositResult deposit(Client& client, const statement::DossierId& dossier,
                      const std::vector<DepositItem>& items, const DepositProgress& progress);

}  // namespace kluis::client
