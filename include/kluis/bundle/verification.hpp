// What verifying a bundle found, in words that a lawyer understands and as verification.json.
//
// Thread-safety: plain values and pure functions.
#pragma once

#include <kluis/base/json.hpp>
#include <kluis/bundle/manifest.hpp>
#include <kluis/statement/card_set.hpp>

#include <optional>

namespace kluis::bundle {

// How far a bundle could be checked.
enum class Depth {
    form,   // without a key: layout, members, headers, sizes
    owner,  // by its owner, without the case key: manifest and payloads against the chain
    full,   // by a reader: everything
};

// What is known of who is behind a card.
struct Who {
    Fingerprint fingerprint;
    // Who checked the card: "the commission's card set, version 3", an organisation's name, or
    // empty if nobody did.
    std::string anchor;
    base::Time from;                  // since when the anchor holds, if there is one
    std::optional<base::Time> until;  // and until when, if it ends
    bool owner = false;
    bool earlier_owner = false;  // of the dossier, before it was handed over
    bool through_link = false;   // deposited through a link: whoever held it
};

struct VerifiedDocument {
    DocumentId document;
    std::uint64_t exhibit = 0;
    std::string path;  // in the opened folder
    std::string title;
    std::uint64_t size = 0;
    Digest sha256;
    base::Time deposited;  // as the depositor claims
    Who depositor;
    Who describer;
};

// Someone whom a recipient let read the bundle after it was sealed.
struct AddedReader {
    Who reader;
    Who by;
    base::Time added;  // as the recipient claims
};

struct Verification {
    Depth depth = Depth::form;
    std::optional<BundleId> bundle;
    std::uint64_t documents = 0;
    std::optional<DossierId> dossier;
    std::optional<Who> owner;
    std::optional<base::Time> sealed;  // as the owner claims
    std::vector<Who> recipients;
    std::vector<AddedReader> readers;
    std::uint64_t set = 0;
    bool test_anchors = false;  // what rests on anchors rests on a test's
    std::vector<VerifiedDocument> verified;
    std::vector<std::string> checked;     // one English sentence each
    std::vector<std::string> not_proved;  // likewise
};

base::Json to_json(const Verification& verification);
// The same as lines of text for a terminal.
std::vector<std::string> describe(const Verification& verification);

}  // namespace kluis::bundle
