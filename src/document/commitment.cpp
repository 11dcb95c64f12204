#include "commitment.hpp"

#include <kluis/document/document.hpp>
#include <kluis/document/padding.hpp>

namespace kluis::document {
namespace {

constexpr std::string_view kCommitmentLabel = "bewijskluis.org/v1/commit";

}  // namespace

Commitment commitment(const age::FileKey& key, const DocumentId& id, std::uint64_t size,
                      const Digest& sha256) {
    const base::Bytes info =
        base::concat({base::as_bytes(kCommitmentLabel), base::big_endian(size), sha256});
    Commitment result;
    crypto::hkdf_sha256(key.view(), id, info, result.writable());
    return result;
}

void check_commitment(const age::FileKey& key, const Promise& promise,
                      const dossier::Metadata& metadata) {
    if (commitment(key, promise.id, metadata.size, metadata.sha256) != promise.commitment) {
        throw base::Error(base::ErrorKind::forged,
                          "the document's key or description is not the one that was deposited");
    }
    if (metadata.size > statement::kPayloadLimit ||
        stored_size(padded_size(metadata.size)) != promised(promise, Role::content).size) {
        throw base::Error(base::ErrorKind::forged,
                          "the document's size is not the one that was deposited");
    }
}

}  // namespace kluis::document
