// The owner's record of who read what: the server's word, not proof.
//
// Thread-safety: one thread at a time.
#pragma once

#include <client/client.hpp>

namespace kluis::client {

struct Read {
    statement::DocumentId document;
    statement::Fingerprint reader;
    base::Time time;
};

// One entry, opened. Throws Error(malformed).
Read parse_read(base::ByteView plain);

// Fetches and opens the entries, oldest first. Throws Error(malformed) on one that is no entry.
std::vector<Read> fetch_reads(Client& client, const statement::DossierId& dossier);

}  // namespace kluis::client
