// Depositors' words to the owner, moved into the owner's keyring: there they outlive a transfer,
// and the server's row.
//
// Thread-safety: pure functions.
#pragma once

#include <client/owner_view.hpp>

namespace kluis::client {

// Notes the words of `documents` in the keyring, where there is no note yet, as far as there is
// room for them: whoever may deposit must not be able to fill a keyring, for then nothing of the
// owner's would fit any more. What is noted of documents that are erased makes room, but for their
// exhibit numbers. Returns whether all fitted. REQUIRES: the keyring has the dossier.
bool keep_words(account::Keyring& keyring, const DossierId& id, const chain::State& state,
                const std::map<DocumentId, OwnedDocument>& documents);

// What an owner knows of a document: the note of the keyring, with its depositor's words where
// those were left out of it.
account::DocumentNote note_of(const account::PinnedDossier& pinned, const DocumentId& id,
                              const OwnedDocument& document);

}  // namespace kluis::client
