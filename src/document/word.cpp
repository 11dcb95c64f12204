#include "payload.hpp"

#include <kluis/age/open/x25519_identity.hpp>
#include <kluis/age/seal/split.hpp>

namespace kluis::document {

SealedSmall seal_word(const dossier::Word& word, const crypto::X25519Public& owner) {
    const auto key = crypto::random_secret<age::FileKey>();
    base::Bytes file = seal_header(key, owner);
    base::append(file, seal_small(key, dossier::encode_padded(word)).stored);
    return with_payload(std::move(file));
}

dossier::Word open_word(const Payload& payload, base::ByteView stored,
                        const crypto::X25519Secret& owner) {
    check_payload(payload, stored, "a word to the owner");
    base::MemoryReader file(stored);
    age::SplitReader split(file);
    age::require_single_x25519_stanza(split.header());
    const age::FileKey key = age::unwrap(split.header(), age::X25519Identity(owner));
    return dossier::parse_word(
        open_small(key, split, dossier::kMostMetadata, "a word to the owner"));
}

}  // namespace kluis::document
