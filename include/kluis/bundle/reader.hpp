// Verifying and opening a bundle, as a stream: memory grows with the lines of its manifest, never
// with its files.
//
// Everything in a bundle is hostile until the end. Throws Error(forged) where a signature, a
// digest, a right or a commitment does not hold, or something is missing or in excess, naming the
// exhibit where one is at fault; Error(malformed) where the form is not the one form;
// Error(wrong_key) if no identity given is a reader's.
//
// Thread-safety: one thread at a time for each object.
#pragma once

#include <kluis/base/stream.hpp>
#include <kluis/bundle/verification.hpp>
#include <kluis/chain/replay.hpp>
#include <kluis/crypto/x25519.hpp>
#include <kluis/dossier/metadata.hpp>

#include <filesystem>
#include <functional>
#include <span>

namespace kluis::bundle {

// Where the documents of a bundle go as they are verified. A file is good only after `finish`.
class DocumentSink {
  public:
    virtual ~DocumentSink() = default;
    // A document begins: returns where its true content goes, or null to check it only.
    virtual base::Writer* begin(const ManifestDocument& document,
                                const dossier::Metadata& metadata) = 0;
    // The document that began was whole and true.
    virtual void finish() = 0;
};

// Whom a verifier trusts: anchors, and the card sets that they vouch for.
struct TrustedSets {
    statement::Anchors anchors;
    std::vector<statement::CardSet> sets;
};

// Told of progress: bytes of the bundle read so far, and in all.
using Progress = std::function<void(std::uint64_t, std::uint64_t)>;

// Without any key: the layout, member order and sizes, one header for all members of a document.
Verification verify_form(const std::filesystem::path& file, const Progress& progress);

// By the owner: as verify_form, and the manifest and every payload against the replayed chain, as
// it was when the bundle was sealed. Which documents were chosen is not known without the case key.
Verification verify_as_owner(const std::filesystem::path& file, const chain::Replay& replay,
                             const Progress& progress);

struct Opened {
    Verification verification;
    ManifestHead head;
    Digest manifest;  // SHA-256 of manifest.age
    std::vector<std::pair<ManifestDocument, dossier::Metadata>> documents;
};

// By a reader: everything, also that one of `identities` is a recipient of the seal or was added
// since. `sink` may be null.
Opened verify_fully(const std::filesystem::path& file,
                    std::span<const crypto::X25519Secret> identities, const TrustedSets& trust,
                    DocumentSink* sink, const Progress& progress);

// What the device that seals a bundle keeps of it until it has read it back.
struct SealedHere {
    crypto::X25519Secret case_key;
    base::Bytes case_age;  // the member
    Digest manifest;       // SHA-256 of manifest.age
};

// By the device that has just sealed it: everything that a reader will check, so that what the
// commission would refuse is found before it is handed over; and that it is what was sealed here:
// these documents, in this order, under these headers, for these recipients.
Opened verify_sealed(const std::filesystem::path& file, const SealedHere& sealed,
                     const TrustedSets& trust, const Progress& progress);

// Verifies fully and writes `folder`: documents under their paths, dossier.json, verification.json.
// The folder appears under its name only when all of it was good. Throws Error(conflict) if it is
// there already.
Opened open_to_folder(const std::filesystem::path& file,
                      std::span<const crypto::X25519Secret> identities, const TrustedSets& trust,
                      const std::filesystem::path& folder, const Progress& progress);

}  // namespace kluis::bundle
