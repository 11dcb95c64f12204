// The manifest of a bundle, read whole and held against its seal: who said what, and whether they
// had the right.
//
// Thread-safety: plain values and pure functions.
#pragma once

#include <kluis/bundle/manifest.hpp>
#include <kluis/chain/replay.hpp>

namespace kluis::bundle {

struct Manifest {
    ManifestHead head;
    std::vector<ManifestDocument> documents;
};

// From its plaintext. Throws Error(malformed): form, order of exhibits, paths that collide, a
// profile that is no document of it.
Manifest parse_manifest(base::ByteView plain);

// The state of the dossier as the bundle's statements make it, with the seal last. Throws
// Error(forged) unless all of it is sound (chain::PartialReplay), the cards are those needed and
// no others, each document's statements are about it, and the seal is about this bundle, this
// manifest and this number of documents.
chain::State check_statements(const Manifest& manifest, const statement::Signed& seal,
                              const Digest& manifest_sha256);

}  // namespace kluis::bundle
