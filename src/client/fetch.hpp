// Getting a document's content: downloaded, checked against what was signed, and only then good.
//
// Thread-safety: one thread at a time.
#pragma once

#include <client/grantee_view.hpp>
#include <client/owner_view.hpp>

#include <functional>

namespace kluis::client {

// A document that this person may read, in whichever role.
struct Readable {
    DossierId dossier;
    api::ViewAs as = api::ViewAs::owner;
    document::Promise promise;
    base::Bytes header;
    statement::Digest header_digest;
    dossier::Metadata metadata;
};

Readable readable(const OwnerView& view, const DocumentId& id);
Readable readable(const GranteeDossier& dossier, const DocumentId& id);

// Writes the true content to `out`, which the caller commits only after this returned. Goes on
// where it was when the connection breaks, a few times. Throws Error(forged) if what comes is not
// what was signed.
void fetch_content(Client& client, const Readable& document, base::Writer& out,
                   const std::function<void(std::uint64_t)>& received);

// The document as an age file, header and payload as stored: `age -d` opens it. Checked likewise.
void fetch_age_file(Client& client, const Readable& document, base::Writer& out,
                    const std::function<void(std::uint64_t)>& received);

// Writes the depositor's picture of the document, padding included: image programs stop at its end.
// Nobody says that it shows the document. Throws Error(not_found) if there is none.
void fetch_preview(Client& client, const Readable& document, base::Writer& out,
                   const std::function<void(std::uint64_t)>& received);

}  // namespace kluis::client
