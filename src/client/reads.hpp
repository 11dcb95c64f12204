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

struct Reads {
    std::vector<Read> entries;     // oldest first
    std::uint64_t unreadable = 0;  // what the server gave beside them that is no entry
};

// Fetches and opens the entries.
Reads fetch_reads(Client& client, const statement::DossierId& dossier);

}  // namespace kluis::client
