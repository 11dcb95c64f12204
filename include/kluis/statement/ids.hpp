// The identifiers and fixed values that statements name. Written in lower-case base32 (ids,
// fingerprints), hexadecimal (digests, commitments) or padded base64 (salts).
//
// Thread-safety: plain values.
#pragma once

#include <kluis/base/encoding.hpp>
#include <kluis/crypto/ed25519.hpp>
#include <kluis/crypto/hash.hpp>
#include <kluis/crypto/x25519.hpp>

namespace kluis::statement {

struct DossierIdTag {
    static constexpr const char* kName = "dossier id";
};
// SHA-256 of the dossier.create payload, cut to 20 bytes: it certifies its own owner.
using DossierId = base::FixedBytes<DossierIdTag, 20>;

struct DocumentIdTag {
    static constexpr const char* kName = "document id";
};
using DocumentId = base::FixedBytes<DocumentIdTag, 16>;

struct BundleIdTag {
    static constexpr const char* kName = "bundle id";
};
using BundleId = base::FixedBytes<BundleIdTag, 16>;

struct FingerprintTag {
    static constexpr const char* kName = "fingerprint";
};
using Fingerprint = base::FixedBytes<FingerprintTag, 20>;

struct SaltTag {
    static constexpr const char* kName = "salt";
};
using Salt = base::FixedBytes<SaltTag, 16>;

struct CommitmentTag {
    static constexpr const char* kName = "commitment";
};
using Commitment = base::FixedBytes<CommitmentTag, 32>;

using crypto::Digest;

// The form in which ids and fingerprints are written everywhere.
template <class Tag, std::size_t N>
std::string to_text(const base::FixedBytes<Tag, N>& id) {
    return base::base32_encode(id.view());
}

// The order of sets in our formats: by the ASCII bytes of the text, where digits come before
// letters; never that of the bytes it stands for, which is what operator< compares.
struct TextOrder {
    template <class Tag, std::size_t N>
    bool operator()(const base::FixedBytes<Tag, N>& a, const base::FixedBytes<Tag, N>& b) const {
        return to_text(a) < to_text(b);
    }
};

// Throws Error(malformed) unless `text` is the canonical base32 of an Id.
template <class Id>
Id parse_id(std::string_view text) {
    return base::from_base32<Id>(text, Id::kTagName);
}

}  // namespace kluis::statement
