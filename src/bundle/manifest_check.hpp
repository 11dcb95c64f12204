// The manifest of a bundle, read line by line and held against its label and its seal: who said
// what, and whether they had the right.
//
// Thread-safety: plain values and pure functions.
#pragma once

#include <kluis/base/stream.hpp>
#include <kluis/bundle/manifest.hpp>
#include <kluis/chain/replay.hpp>

namespace kluis::bundle {

struct Manifest {
    ManifestHead head;
    std::vector<ManifestDocument> documents;
};

// From its plaintext, which is read to its end. Throws Error(malformed): form, a line beyond its
// bound, order of exhibits, a document twice, paths that collide, a profile that is no document of
// it; Error(forged) if it is of another bundle than `label` says, or has another number of
// documents: no more lines are read than the label has documents.
Manifest parse_manifest(base::Reader& plain, const BundleInfo& label);

// The state of the dossier as the bundle's statements make it, with the seal last. Throws
// Error(forged) unless all of it is sound (chain::PartialReplay), statements of consecutive places
// are linked, the head's are about those who deposited here and nobody else, the cards are those
// needed and no others, each document's statements are about it, and the seal is about this bundle,
// this manifest and this number of documents.
chain::State check_statements(const Manifest& manifest, const statement::Signed& seal,
                              const Digest& manifest_sha256);

}  // namespace kluis::bundle
