// The manifest: what a bundle holds and how it came about, as JSON Lines: a head, then one line for
// each document. docs/format.md, "Sealed bundle".
//
// Thread-safety: plain values and pure functions.
#pragma once

#include <kluis/base/json.hpp>
#include <kluis/bundle/layout/info.hpp>
#include <kluis/statement/statement.hpp>

#include <map>
#include <optional>

namespace kluis::bundle {

using statement::BundleId;
using statement::Card;
using statement::Digest;
using statement::DocumentId;
using statement::DossierId;
using statement::Envelope;
using statement::Fingerprint;

// A signed statement with its place in the dossier's chain, counted from 0.
struct PlacedStatement {
    Envelope envelope;
    std::uint64_t place = 0;
};

struct ManifestHead {
    std::uint64_t anchors_set = 0;  // version of the recipients' card set
    std::optional<std::uint64_t> anchors_organisations;
    BundleId bundle;
    std::map<Fingerprint, Card> cards;  // owners, depositors of the documents, recipients
    base::Json coverage;                // an object; see dossier/coverage.hpp
    DossierId dossier;
    std::string letter;                 // cover letter; empty if none
    std::optional<DocumentId> profile;  // a document of this bundle
    statement::Salt salt;
    std::vector<PlacedStatement> statements;  // create, transfers, allows and removes; by place
    base::Json timeline;                      // a list; see dossier/timeline.hpp
};

struct ManifestDocument {
    DocumentId document;
    std::uint64_t exhibit = 0;  // from 1; strictly ascending in the manifest
    Digest header_sha256;       // of its header for the case key
    std::uint64_t header_size = statement::kHeaderSize;
    std::string paper;  // where the paper original is; empty if not known
    std::string path;   // `data/…`; see is_bundle_path
    PlacedStatement deposit;
    std::optional<PlacedStatement> description;  // the last
};

// Bounds on the lines. A head has a letter of at most 1 MiB, which JSON may write twice as long,
// the cards of at most a thousand recipients, what was said of depositors (about 1.5 KiB for each
// allow), and for the rest the coverage and timeline, which name a document in 29 bytes. A
// document's line has a path of at most 240 bytes, the place of a paper original in at most 4,000,
// and two envelopes of at most 1.5 KiB.
inline constexpr std::size_t kManifestHeadLimit = 8 * 1024 * 1024;
inline constexpr std::size_t kManifestDocumentLimit = 16 * 1024;

// One line each, without its line end; RFC 8785 in UTF-8.
std::string encode(const ManifestHead& head);
std::string encode(const ManifestDocument& document);

// Throw Error(malformed), or Error(malformed, "other-format") on a format that is not
// kBundleFormat: form only, and that the head's statements ascend by place, from 0 on.
ManifestHead parse_manifest_head(base::ByteView line);
ManifestDocument parse_manifest_document(base::ByteView line);

// Whether `path` is `data/` and one or more names of [a-z0-9_.-], none beginning or ending with a
// dot, joined by `/`; at most 240 characters; the first name none of the files that opening writes
// beside the documents.
bool is_bundle_path(std::string_view path);

// The files that opening writes beside the documents.
inline constexpr std::string_view kDossierFile = "dossier.json";
inline constexpr std::string_view kVerificationFile = "verification.json";

// Where a document lies in the opened folder: its path without `data/`, which is a bag's.
// REQUIRES: is_bundle_path(path).
std::string_view folder_path(std::string_view path);

// `data/documents/NNN-slug.ext` for an exhibit: ASCII, from the title and the original name.
std::string bundle_path(std::uint64_t exhibit, std::string_view title, std::string_view name);

}  // namespace kluis::bundle
