// Sealing and opening a document: one file key, up to three payloads under it, the commitment that
// fixes key and content, and the word to the owner.
//
// Nothing opened here is good before the function that opens it has returned: outputs are committed
// by the caller only then (base::AtomicFile).
//
// Thread-safety: functions may be called from any thread; each object by one thread at a time.
#pragma once

#include <kluis/age/seal/file_key.hpp>
#include <kluis/base/stream.hpp>
#include <kluis/dossier/metadata.hpp>
#include <kluis/statement/statement.hpp>

namespace kluis::document {

using statement::Commitment;
using statement::Digest;
using statement::DocumentId;
using statement::Payload;

// HKDF-SHA256(file key, salt = document id, info = "bewijskluis.org/v1/commit" || size (8 bytes,
// big-endian) || sha256).
Commitment commitment(const age::FileKey& key, const DocumentId& id, std::uint64_t size,
                      const Digest& sha256);

// The size of the stored payload (nonce || STREAM) of `plain` bytes.
std::uint64_t stored_size(std::uint64_t plain);

// A preview is a small picture: its size before padding and after. Sealed, it is just
// statement::kPreviewLimit.
inline constexpr std::size_t kPreviewLimit = 8 * 1024 * 1024;

// --- sealing ---

struct SealedContent {
    Payload stored;      // size and digest of what was written
    std::uint64_t size;  // of the true content
    Digest sha256;       // of the true content
};

// Writes nonce || STREAM of `in` padded with zeros; both cores on large files, constant memory.
// Throws Error(limit), before anything is read, if the stored payload would exceed
// statement::kPayloadLimit; Error(conflict) if `in` does not give exactly `size` bytes (the source
// changed): what was written is then worthless, and the next try takes a new file key (one nonce,
// one plaintext).
SealedContent seal_content(const age::FileKey& key, base::Reader& in, std::uint64_t size,
                           base::Writer& out);

struct SealedSmall {
    base::Bytes stored;
    Payload payload;
};

SealedSmall seal_metadata(const age::FileKey& key, const dossier::Metadata& metadata);
// Throws Error(limit) above kPreviewLimit.
SealedSmall seal_preview(const age::FileKey& key, base::ByteView picture);
// An age file of its own to the owner alone.
SealedSmall seal_word(const dossier::Word& word, const crypto::X25519Public& owner);

// The header of `key` for one card: exactly one X25519 stanza.
base::Bytes seal_header(const age::FileKey& key, const crypto::X25519Public& recipient);

// --- opening ---

// The file key of a document from a header whose digest is `expected`. Throws Error(forged) on
// another digest or MAC, Error(wrong_key) if it is not for this identity, Error(malformed) unless
// it has exactly one stanza, of type X25519.
age::FileKey open_header(base::ByteView header, const Digest& expected,
                         const crypto::X25519Secret& identity);

// What must hold of a document, from its deposit and last description.
struct Promise {
    DocumentId id;
    std::map<statement::Role, Payload> payloads;  // as deposited
    Payload metadata;                             // that counts now
    Commitment commitment;
};

// The metadata, checked: digest and size as signed, form, commitment over its size and digest, and
// the content payload's size. Throws Error(forged) or Error(malformed).
dossier::Metadata open_metadata(const age::FileKey& key, const Promise& promise,
                                base::ByteView stored);

// Writes the true content to `out`; both cores on large files, constant memory. `metadata` must
// come from open_metadata for the same promise; that it keeps the commitment is checked again
// before anything is read. Throws Error(forged) unless the stored bytes have the signed digest and
// size, the content its digest, and only zeros follow it.
void open_content(const age::FileKey& key, const Promise& promise,
                  const dossier::Metadata& metadata, base::Reader& stored, base::Writer& out);

// The same checks, without writing anything.
void verify_content(const age::FileKey& key, const Promise& promise,
                    const dossier::Metadata& metadata, base::Reader& stored);

// The depositor's picture, zeros included; never shown as verified. Throws Error(forged) on another
// digest or size than signed, or if the deposit has no preview; Error(limit) above kPreviewLimit.
base::Bytes open_preview(const age::FileKey& key, const Promise& promise, base::ByteView stored);

// The word of a deposit to its owner. Throws Error(forged) on another digest or size than signed,
// Error(wrong_key) if it is not for this identity, Error(malformed) or Error(limit).
dossier::Word open_word(const Payload& payload, base::ByteView stored,
                        const crypto::X25519Secret& owner);

}  // namespace kluis::document
