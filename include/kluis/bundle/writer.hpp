// Making a bundle's own members on the owner's device: everything but the payloads, which the
// server joins to it unread.
//
// Thread-safety: one thread at a time.
#pragma once

#include <kluis/bundle/manifest.hpp>
#include <kluis/crypto/x25519.hpp>

#include <span>

namespace kluis::bundle {

// What is uploaded for a bundle, each an age file encrypted to the case key alone, but for
// case.age.
struct SealedMembers {
    base::Bytes case_age;
    base::Bytes manifest;
    base::Bytes readers;  // an age file of nothing
    Digest manifest_sha256;
};

// `documents` in ascending order of exhibit. Throws Error(limit) if a line is longer than a reader
// accepts.
SealedMembers seal_members(const crypto::X25519Secret& case_key,
                           std::span<const crypto::X25519Public> recipients,
                           const ManifestHead& head,
                           const std::vector<ManifestDocument>& documents);

// The member seal.age, made when the seal was accepted: {"envelope": …} in one line.
base::Bytes seal_seal(const crypto::X25519Secret& case_key, const Envelope& seal);

}  // namespace kluis::bundle
