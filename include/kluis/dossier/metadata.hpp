// What a document's metadata payload says, and a depositor's word to the owner. docs/format.md,
// "Documents".
//
// Both are RFC 8785 JSON in UTF-8 followed by spaces only, up to a power of two of at least 2 KiB
// and at most 64 KiB. Unknown members are refused. Whatever keeps to the bounds below fits.
//
// Texts come from strangers: a program that shows one uses base::printable, and `name`, which may
// hold `/`, line breaks and controls, is never used as a path.
//
// Thread-safety: plain values and pure functions.
#pragma once

#include <kluis/base/json.hpp>
#include <kluis/base/time.hpp>
#include <kluis/dossier/catalogue.hpp>
#include <kluis/dossier/warning.hpp>
#include <kluis/statement/ids.hpp>

#include <optional>
#include <set>

namespace kluis::dossier {

using statement::Digest;
using statement::DocumentId;

// Longest texts, in code points.
inline constexpr std::size_t kTitleLimit = 300;
inline constexpr std::size_t kNameLimit = 300;
inline constexpr std::size_t kTypeLimit = 255;
inline constexpr std::size_t kSubjectLimit = 200;
inline constexpr std::size_t kIssuerLimit = 300;
inline constexpr std::size_t kLanguageLimit = 64;
inline constexpr std::size_t kNoteLimit = 10'000;
inline constexpr std::size_t kPaperLimit = 1'000;
inline constexpr std::size_t kCriteriaLimit = 64;

inline constexpr std::size_t kLeastMetadata = 2 * 1024;
inline constexpr std::size_t kMostMetadata = 64 * 1024;

// The time that a document is about; either end may be unknown, not both.
struct Period {
    std::optional<base::Date> from;
    std::optional<base::Date> to;  // inclusive

    bool known() const { return from || to; }
    friend bool operator==(const Period&, const Period&) = default;
};

// An empty text, set or period is one that is not known; title, name, type and kind are never
// empty.
struct Metadata {
    std::string title;               // one line, no control characters
    std::string name;                // the file's original name, with any characters but NUL
    std::string type;                // media type; one line
    std::uint64_t size = 0;          // of the true content
    Digest sha256;                   // of the true content
    std::string kind;                // a code
    std::set<std::string> criteria;  // codes
    std::string subject;             // whose, in a family; one line
    Period period;
    std::string issuer;    // one line
    std::string language;  // of the document: a BCP 47 tag where the depositor kept to it; one line
    std::string note;      // for readers; line breaks and tabs are allowed
    bool translation = false;
    bool redaction = false;

    friend bool operator==(const Metadata&, const Metadata&) = default;
};

// What the depositor tells the owner alone.
struct Word {
    std::string paper;                      // where the paper original is; as `note`
    std::optional<DocumentId> translation;  // the document that this is a translation of
    std::optional<DocumentId> redaction;    // likewise

    bool empty() const { return paper.empty() && !translation && !redaction; }
    friend bool operator==(const Word&, const Word&) = default;
};

// The one canonical JSON, padded. Throws Error(limit), naming the member, if a text is too long;
// Error(malformed) if one is missing or holds what it may not.
base::Bytes encode_padded(const Metadata& metadata);
base::Bytes encode_padded(const Word& word);

// Throws Error(malformed) or Error(limit) on anything that encode_padded would not have made.
Metadata parse_metadata(base::ByteView padded);
Word parse_word(base::ByteView padded);

// As the members of the payload: `size` an integer, `sha256` in hex, absent ones left out.
base::Json to_json(const Metadata& metadata);
Metadata parse_metadata(const base::Json& json);
base::Json to_json(const Word& word);
Word parse_word(const base::Json& json);

// A title for a file that was given none: its name without extension, in one line, cut to
// kTitleLimit, never empty. REQUIRES: `name` is valid UTF-8.
std::string title_from_name(std::string_view name);

// What is odd about the description, as a jurisdiction sees it: an unknown kind or criterion,
// evidence without a criterion, a period that begins after `today` or ends before it begins, a
// language that is no language tag, a type that is no media type.
std::vector<Warning> warnings(const Metadata& metadata, const Jurisdiction& jurisdiction,
                              base::Date today);

}  // namespace kluis::dossier
